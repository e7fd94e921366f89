//! Going on from what the store holds: at the opening, and after it failed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::batch::{Batch, refuse};
use super::commit::Job;
use super::core::{Core, Mode};
use super::family::Family;
use super::health::Condition;
use super::slots::Slots;
use crate::ids::InstanceKey;
use crate::record::Damaged;
use crate::store::{Left, StoreError};
use crate::turn::{self, Write};

/// So many active instances are read at once.
const PAGE: usize = 1024;

impl Core {
    /// Takes up what is active in a store that was just opened.
    pub(super) fn take_up(&mut self, left: Left) -> Result<(), StoreError> {
        if left == Left::Crashed {
            self.careful.after_crash(self.clock.now());
        }
        let mut after = None;
        loop {
            let keys = self.store.view()?.active(after, PAGE)?;
            let Some(last) = keys.last() else { break };
            after = Some(*last);
            for key in keys {
                match left {
                    Left::InOrder => self.wake_up(key),
                    Left::Crashed => self.count_crash(key),
                }
            }
            // A page is a batch, so that the commits are bounded. Who is counted
            // in one may go on before those of the next: these do not run yet.
            self.flush();
            // What is not counted has nothing to be written, and may leave memory.
            self.settle();
        }
        self.timers.look_at(crate::time::Timestamp::default());
        Ok(())
    }

    /// Does what an active instance needs, unless it is being done.
    pub(super) fn wake_up(&mut self, key: InstanceKey) {
        let Some(state) = self.state(key) else { return };
        let wakes = turn::wakes(&state.hot);
        if wakes.is_empty() {
            return self.set_inactive(key);
        }
        for wake in wakes {
            if let turn::Wake::Attempt { leaf, attempt, .. } = &wake
                && self.running.get((key, *leaf), *attempt).is_some()
            {
                continue;
            }
            self.wake(&state, wake);
        }
        self.bear();
    }

    /// The store cannot be read: have it opened again.
    pub(super) fn store_failed(&mut self, error: StoreError) {
        if matches!(self.mode, Mode::Failed(_)) {
            return;
        }
        self.monitor.failed(&error);
        let shown = Arc::new(StoreError::Closed);
        // A shutdown that is under way ends with the store as it is.
        if matches!(self.mode, Mode::Open) {
            self.mode = Mode::Failed(shown);
        }
        let _ = self.jobs.send(Job::Reopen(error));
    }

    /// Nothing that is not durable yet will be: forget it, and answer those
    /// who wait for it.
    pub(super) fn drop_undurable(&mut self, error: Arc<StoreError>) {
        self.monitor.failed(&*error);
        self.settle();
        let committed = self.committed.load(Ordering::Acquire);
        let next = Batch {
            no: self.pending.no + 1,
            epoch: self.pending.epoch + 1,
            ..Batch::default()
        };
        refuse(std::mem::replace(&mut self.pending, next), &error);
        self.slots = Slots::default();
        self.ready.clear();
        self.timers.reset();
        self.family = Family::default();
        self.births.clear();
        self.lookers.put_off();
        self.askers.refuse(&error);
        self.careful.reset();
        self.running.go_back(committed);
        self.room.clear();
        if matches!(self.mode, Mode::Open | Mode::Failed(_)) {
            self.mode = Mode::Failed(error);
        }
    }

    /// The store is open again: go on from what it holds. Reports that came in
    /// the meantime are applied first, so that nothing that was done is done
    /// again.
    pub(super) fn begin_again(&mut self) {
        if matches!(self.mode, Mode::Failed(_)) {
            self.mode = Mode::Open;
        }
        if let Err(error) = self.try_begin_again() {
            self.store_failed(error);
        } else if matches!(self.mode, Mode::Open) {
            self.monitor.recovered();
            self.monitor.set(Condition::Running);
        }
    }

    fn try_begin_again(&mut self) -> Result<(), StoreError> {
        let counters = self.store.counters()?;
        self.next_key = self.next_key.max(counters.next_key);
        self.next_seq = self.next_seq.max(counters.next_seq);
        for (no, _) in &mut self.reports {
            *no = self.pending.no;
        }
        let reports: Vec<_> = self.reports.iter().cloned().collect();
        for (_, finished) in reports {
            self.apply_report(finished);
        }
        self.give_up_unwanted();
        let mut after = None;
        loop {
            let keys = self.store.view()?.active(after, PAGE)?;
            let Some(last) = keys.last() else { break };
            after = Some(*last);
            for key in keys {
                self.go_on_or_count(key);
            }
        }
        self.timers.look_at(crate::time::Timestamp::default());
        self.retention.soon();
        self.tell_all_watchers();
        Ok(())
    }

    /// Watchers whose instance ended in a commit that reported an error.
    fn tell_all_watchers(&mut self) {
        let mut keys: Vec<_> = self.watchers.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            if self.state(key).is_none() && self.is_storing() {
                for watcher in self.watchers.remove(&key).unwrap_or_default() {
                    let _ = watcher.reply.send(Err(super::Refusal::Unknown));
                }
            }
        }
        for (id, watcher) in self.careful.watched_later() {
            self.watch(&id, watcher);
        }
        self.look_again();
    }

    /// One instance cannot be read: the others go on without it. What would
    /// wake it is removed, so that it is not met again and again.
    pub(super) fn set_aside(&mut self, key: InstanceKey, error: &Damaged) {
        tracing::error!(key = key.0, %error, "an instance cannot be read and was set aside");
        self.monitor.set_aside(error);
        self.set_inactive(key);
    }

    fn set_inactive(&mut self, key: InstanceKey) {
        if self.is_storing() {
            let active = false;
            self.pending.writes.push(Write::Active { key, active });
        }
    }
}
