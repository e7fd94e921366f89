//! Starting the children of a step that spawned thousands: page after page, each a
//! transaction, so that only few are in memory before they are durable.
//!
//! Nothing else happens meanwhile: what the engine is sent is put off.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvError;

use super::core::Core;
use super::event::Event;
use crate::ids::InstanceKey;
use crate::record::{Damaged, Unborn};
use crate::store::StoreError;
use crate::turn;

#[derive(Default)]
pub(super) struct Births {
    /// Whose children are to be started.
    pub(super) parents: VecDeque<InstanceKey>,
    /// Whether that is being done.
    bearing: bool,
    /// What was sent meanwhile.
    put_off: VecDeque<Event>,
    /// Whether there is a commit thread, which can be waited for.
    pub(super) has_commit_thread: bool,
}

impl Births {
    /// Whether something was sent meanwhile.
    pub(super) fn has_put_off(&self) -> bool {
        !self.put_off.is_empty()
    }

    /// Whether the store has failed meanwhile: nothing that is handed over becomes durable.
    fn has_failed(&self) -> bool {
        let failed = |event: &Event| matches!(event, Event::Failed(_));
        self.put_off.iter().any(failed)
    }

    /// Forgets whose children are to be started.
    pub(super) fn clear(&mut self) {
        self.parents.clear();
        self.bearing = false;
    }
}

impl Core {
    /// Starts all children that are to be started.
    pub(super) fn bear(&mut self) {
        if self.family.delivering || self.births.parents.is_empty() {
            return;
        }
        if std::mem::replace(&mut self.births.bearing, true) {
            return;
        }
        let mut page = self.hand_page_over();
        while let Some(parent) = self.births.parents.pop_front() {
            while self.bear_page(parent) {
                // Of the page before the last nothing need be in memory any more.
                let before = std::mem::replace(&mut page, self.hand_page_over());
                self.await_durable(before);
            }
        }
        self.births.bearing = false;
    }

    /// Starts as many children as one transaction has; false when there are no more.
    fn bear_page(&mut self, parent: InstanceKey) -> bool {
        let mut born = 0;
        while born < self.rules.births && (born == 0 || !self.pending.is_full()) {
            let Some(children) = self.next_row(parent) else {
                return false;
            };
            born += children.len();
            let born = turn::Event::Born { children };
            if self.births.has_failed() || !self.apply(parent, born) {
                return false;
            }
        }
        true
    }

    /// Ends the batch; gives its number.
    fn hand_page_over(&mut self) -> u64 {
        let page = self.pending.no;
        self.pending.notify = true;
        self.pending.is_last = true;
        self.flush();
        page
    }

    fn next_row(&mut self, parent: InstanceKey) -> Option<Vec<Unborn>> {
        let state = self.state(parent)?;
        let seq = state.hot.unborn.checked_sub(1)?;
        if !state.hot.is_bearing() {
            return None;
        }
        let row = self
            .slots
            .message(&*self.store, parent, &turn::unborn_channel(), seq);
        let damaged = |row| StoreError::from(Damaged { row });
        let row = row.and_then(|row| row.ok_or_else(|| damaged("unborn child")));
        match row.and_then(|row| Ok(Unborn::decode(row.bytes())?)) {
            Ok(children) => Some(children),
            Err(StoreError::Damaged { source }) => {
                self.set_aside(parent, &source);
                None
            }
            Err(error) => {
                self.store_failed(error);
                None
            }
        }
    }

    /// Waits until this batch is durable, unless it never will be.
    fn await_durable(&mut self, batch: u64) {
        let is_durable = |core: &Self| core.committed.load(Ordering::Acquire) >= batch;
        while self.births.has_commit_thread && !self.births.has_failed() && !is_durable(self) {
            match self.events.recv() {
                Ok(Event::Committed) => {}
                Ok(event) => self.births.put_off.push_back(event),
                Err(RecvError) => break,
            }
        }
        self.settle();
    }

    /// The next thing that the engine was sent, if there is one.
    pub(super) fn next_sent(&mut self) -> Option<Event> {
        let put_off = self.births.put_off.pop_front();
        put_off.or_else(|| self.events.try_recv().ok())
    }
}
