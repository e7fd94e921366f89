//! Letting go of what has become durable, and telling those who wait for it.

use std::sync::atomic::Ordering;

use tokio::sync::oneshot;

use super::core::Core;
use super::error::Refusal;
use super::event::Outcome;
use super::slots::Settled;
use crate::ids::InstanceKey;
use crate::record::{ParkReason, Phase};
use crate::turn::State;

/// Somebody who waits for the end of an instance.
pub(super) struct Watcher {
    pub(super) or_parked: bool,
    pub(super) reply: oneshot::Sender<Result<Outcome, Refusal>>,
}

impl Watcher {
    /// Whether it waits for this. A test that checks segments does not wait for
    /// somebody to mend the flow.
    pub(super) fn wants(&self, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Ended(_) | Outcome::Parked(ParkReason::NotDeterministic { .. }) => true,
            Outcome::Parked(_) => self.or_parked,
        }
    }
}

impl Core {
    /// Lets go of what has become durable: tells watchers, forgets states that
    /// nothing runs for.
    pub(super) fn settle(&mut self) {
        let committed = self.committed.load(Ordering::Acquire);
        while self.reports.front().is_some_and(|(no, _)| *no <= committed) {
            self.reports.pop_front();
        }
        self.timers.settle(committed);
        self.family.settle(committed);
        self.running.settle(committed);
        for Settled { key, whole, landed } in self.slots.settle(committed) {
            self.tell_lookers(key, &landed);
            if whole {
                self.tell_watchers(key);
                self.evict_if_at_rest(key);
            }
        }
    }

    fn evict_if_at_rest(&mut self, key: InstanceKey) {
        let at_rest = self.slots.peek(key);
        if at_rest.is_some_and(|(state, removed)| removed || self.is_at_rest(state)) {
            self.slots.evict(key);
        }
    }

    /// Tells those who wait for the durable state of an instance.
    fn tell_watchers(&mut self, key: InstanceKey) {
        if self
            .slots
            .peek(key)
            .is_some_and(|(state, removed)| removed || state.hot.is_finished())
        {
            // One that is not in memory lives: it was let go of by an earlier commit.
            self.askers.left_by(key);
        }
        let Some(watchers) = self.watchers.get_mut(&key) else {
            return;
        };
        watchers.retain(|watcher| !watcher.reply.is_closed());
        let Some((state, removed)) = self.slots.peek(key) else {
            return;
        };
        if removed {
            for watcher in watchers.drain(..) {
                let _ = watcher.reply.send(Err(Refusal::Unknown));
            }
        } else if let Some(outcome) = outcome(state) {
            let told = |watcher: &mut Watcher| watcher.wants(&outcome);
            for watcher in watchers.extract_if(.., told) {
                let _ = watcher.reply.send(Ok(outcome.clone()));
            }
        }
        if watchers.is_empty() {
            self.watchers.remove(&key);
        }
    }
}

/// What a watcher is told about this state, if anything.
pub(super) fn outcome(state: &State) -> Option<Outcome> {
    match &state.hot.phase {
        Phase::Finished(_) => {
            let end = state.instance.end.as_ref();
            end.map(|end| Outcome::Ended(end.how.clone()))
        }
        Phase::Parked(parked) => Some(Outcome::Parked(parked.reason.clone())),
        Phase::Waiting(_) => None,
    }
}
