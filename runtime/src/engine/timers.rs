//! Timers: read from the store when they are due, never kept in memory.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;

use super::core::Core;
use crate::record::Due;
use crate::time::Timestamp;
use crate::turn::{Event, Write};

/// So many timers are fired in one batch.
const MAX_FIRED: usize = 1024;

/// When to look for timers.
#[derive(Default)]
pub(super) struct Timers {
    /// No durable timer is due before this.
    next: Option<Timestamp>,
    /// The earliest timer of each batch that is not durable yet.
    set: VecDeque<(u64, Timestamp)>,
    /// The batch that must be durable before the store is asked again: until
    /// then it still has the timers that were fired.
    fired: u64,
}

impl Timers {
    /// A turn set a timer that `batch` writes.
    pub(super) fn was_set(&mut self, batch: u64, at: Timestamp) {
        match self.set.back_mut() {
            Some((last, earliest)) if *last == batch => *earliest = at.min(*earliest),
            _ => self.set.push_back((batch, at)),
        }
    }

    /// Batches up to `committed` are durable.
    pub(super) fn settle(&mut self, committed: u64) {
        while let Some((_, at)) = self.set.pop_front_if(|(batch, _)| *batch <= committed) {
            self.look_at(at);
        }
    }

    /// The store may have a timer that is due then.
    pub(super) fn look_at(&mut self, at: Timestamp) {
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }

    /// Forgets what was not durable.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }
}

impl Core {
    /// When to wake up for timers; `None` when a commit will.
    pub(super) fn next_timer(&self) -> Option<Timestamp> {
        let committed = self.committed.load(Ordering::Acquire);
        self.timers.next.filter(|_| self.timers.fired <= committed)
    }

    /// Fires what is due, a batch at a time, earliest first.
    pub(super) fn fire_timers(&mut self) {
        let now = self.clock.now();
        if self.next_timer().is_none_or(|next| next > now) {
            return;
        }
        let after = self.careful.timers_after();
        let (due, next) = match self.due(after, now) {
            Ok(found) => found,
            Err(error) => return self.store_failed(error),
        };
        self.timers.next = next;
        if due.is_empty() {
            return;
        }
        for due in due {
            if self.pending.is_full() {
                self.flush();
            }
            self.fire(due);
        }
        // Without a write no commit would come to look again.
        if !self.pending.writes.is_empty() {
            self.timers.fired = self.pending.no;
            self.pending.notify = true;
        }
    }

    /// Fires one timer; a timer of nobody is removed.
    pub(super) fn fire(&mut self, due: Due) {
        let leaf = due.leaf;
        if !self.apply(due.key, Event::TimerFired { leaf }) {
            let present = self.slots.peek(due.key);
            let waits = present.is_some_and(|(state, _)| {
                let mut dues = state.hot.dues(due.key);
                dues.any(|waited| waited == due)
            });
            if waits {
                // The clock was set back since it was looked at.
                self.timers.look_at(due.at);
            } else if self.is_storing() {
                self.pending.writes.push(Write::DropTimer(due));
            }
        }
    }

    /// The next batch of timers, and when to look again after it.
    fn due(
        &self,
        after: Option<Due>,
        now: Timestamp,
    ) -> Result<(Vec<Due>, Option<Timestamp>), crate::store::StoreError> {
        let view = self.store.view()?;
        let due = view.due(after, now, MAX_FIRED)?;
        let last = due.last().copied().or(after);
        let next = view.due(last, Timestamp::MAX, 1)?;
        Ok((due, next.first().map(|due| due.at)))
    }
}
