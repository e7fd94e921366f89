//! After a crash: finding the instance that ends the process, if one does.
//!
//! Whatever was active or due is counted, durably, before it goes on. Those
//! that were counted before without a step since are suspects: they go on one
//! at a time, the least counted first, each counted again just before. One
//! that is counted too often is parked by the turn.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::clock::Clock;
use super::core::Core;
use super::watch::Watcher;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::record::{Due, Status};
use crate::time::Timestamp;
use crate::turn::{self, Event, State, Wake};

/// The next suspect goes on after this time even if the one before has not
/// made a step: its action may simply take long.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many timers that were due at the opening are counted in one batch.
const PAGE: usize = 1024;

#[derive(Default)]
pub(super) struct Careful {
    /// Timers due up to then are counted before they fire.
    due_until: Option<Timestamp>,
    /// How far they were counted.
    counted: Option<Due>,
    /// The batch that must be durable before more are counted.
    page: u64,
    /// What goes on once its count is durable: batch, instance, its timer.
    gated: VecDeque<(u64, InstanceKey, Option<LeafId>)>,
    /// Each with all that it was found for: of several timers the earliest first.
    suspects: BTreeMap<(u32, InstanceKey), Vec<Option<LeafId>>>,
    trial: Option<Trial>,
    /// Counted instances that wait for several things, each of which is found.
    forks: BTreeSet<InstanceKey>,
    /// The attempts that the end of the process cut off, as far as that is not known to be
    /// stored.
    cut_off: BTreeMap<InstanceKey, Vec<(LeafId, u32)>>,
    /// Watchers that came while the store was not open.
    later: Vec<(InstanceId, Watcher)>,
}

/// The suspect that goes on.
struct Trial {
    key: InstanceKey,
    /// The batch of its first step.
    stepped: Option<u64>,
    until: Instant,
}

impl Careful {
    pub(super) fn after_crash(&mut self, now: Timestamp) {
        self.due_until = Some(now);
    }

    /// What comes after the timers that are treated with care.
    pub(super) fn timers_after(&self) -> Option<Due> {
        self.due_until.map(|at| Due {
            at,
            key: InstanceKey(u64::MAX),
            leaf: LeafId(u64::MAX),
        })
    }

    /// The instance took a turn that `batch` writes.
    pub(super) fn stepped(&mut self, key: InstanceKey, batch: u64) {
        if let Some(trial) = &mut self.trial
            && trial.key == key
        {
            trial.stepped.get_or_insert(batch);
        }
    }

    /// How long to wait at most before looking at the suspect again.
    pub(super) fn patience(&self, clock: &Clock) -> Option<Duration> {
        let trial = self.trial.as_ref()?;
        let waits = trial.stepped.is_none() && !self.suspects.is_empty();
        waits.then(|| trial.until.saturating_duration_since(clock.instant()))
    }

    pub(super) fn watch_later(&mut self, id: InstanceId, watcher: Watcher) {
        self.later.push((id, watcher));
    }

    pub(super) fn watched_later(&mut self) -> Vec<(InstanceId, Watcher)> {
        std::mem::take(&mut self.later)
    }

    /// The store failed: all is read again. The process did not end once more, so that only
    /// what is still cut off is counted; timers left to be counted are found as due.
    pub(super) fn reset(&mut self) {
        *self = Self {
            later: std::mem::take(&mut self.later),
            cut_off: std::mem::take(&mut self.cut_off),
            ..Self::default()
        };
    }
}

impl Core {
    /// Counts the crash for an active instance.
    pub(super) fn count_crash(&mut self, key: InstanceKey) {
        let Some(state) = self.state(key) else { return };
        let attempts: Vec<_> = attempts(&state).collect();
        if !attempts.is_empty() {
            self.careful.cut_off.insert(key, attempts);
        }
        self.count(key, None);
    }

    /// Goes on with an active instance after the store failed: counts the crash if that was
    /// not stored before.
    pub(super) fn go_on_or_count(&mut self, key: InstanceKey) {
        let cut_off = self.careful.cut_off.remove(&key).unwrap_or_default();
        let is_cut_off = !cut_off.is_empty()
            && self.state(key).is_some_and(|state| {
                let mut attempts = attempts(&state);
                attempts.any(|attempt| cut_off.contains(&attempt))
            });
        if is_cut_off {
            self.count_crash(key);
        } else {
            self.wake_up(key);
        }
    }

    fn count(&mut self, key: InstanceKey, timer: Option<LeafId>) {
        let Some(state) = self.state(key) else { return };
        let recoveries = state.hot.recoveries;
        if self.careful.forks.contains(&key) {
            // Once for all that it waits for.
            self.gate(key, timer);
        } else if recoveries > 0 {
            let suspect = self.careful.suspects.entry((recoveries, key));
            suspect.or_default().push(timer);
        } else if self.apply(key, Event::Recovered) {
            self.gate(key, timer);
        }
    }

    /// Lets a counted instance go on when its count is durable. An attempt
    /// needs no gate: it is an effect of the turn that counted.
    fn gate(&mut self, key: InstanceKey, timer: Option<LeafId>) {
        self.pending.notify = true;
        let state = self.slots.peek(key).map(|(state, _)| state);
        if state.is_some_and(|state| state.hot.waiting().nth(1).is_some()) {
            self.careful.forks.insert(key);
        }
        let batch = self.pending.no;
        self.careful.gated.push_back((batch, key, timer));
    }

    pub(super) fn go_on_carefully(&mut self) {
        let committed = self.committed.load(Ordering::Acquire);
        let durable = |gated: &mut (u64, _, _)| gated.0 <= committed;
        while let Some((_, key, timer)) = self.careful.gated.pop_front_if(durable) {
            self.careful.cut_off.remove(&key);
            match timer {
                Some(leaf) => {
                    self.apply(key, Event::TimerFired { leaf });
                    let state = self.slots.peek(key).map(|(state, _)| state);
                    if state.is_some_and(|state| state.hot.is_active()) {
                        self.wake_up(key);
                    }
                }
                None => self.wake_up(key),
            }
        }
        self.count_timers(committed);
        self.try_next_suspect(committed);
    }

    /// Counts the next page of timers that were due at the opening.
    fn count_timers(&mut self, committed: u64) {
        let Some(until) = self.careful.due_until else {
            return;
        };
        if self.careful.page > committed {
            return;
        }
        let page = self.store.view();
        let page = page.and_then(|view| view.due(self.careful.counted, until, PAGE));
        let page = match page {
            Ok(page) => page,
            Err(error) => return self.store_failed(error),
        };
        let Some(last) = page.last() else {
            let idle = self.careful.gated.is_empty() && self.careful.suspects.is_empty();
            if idle && self.careful.trial.is_none() {
                self.careful.due_until = None;
                self.timers.look_at(Timestamp::default());
            }
            return;
        };
        self.careful.counted = Some(*last);
        self.careful.page = self.pending.no;
        self.pending.notify = true;
        for due in page {
            let state = self.state(due.key);
            if state.is_some_and(|state| {
                let mut dues = state.hot.dues(due.key);
                dues.any(|waited| waited == due)
            }) {
                self.count(due.key, Some(due.leaf));
            } else {
                self.fire(due);
            }
        }
    }

    /// Lets the next suspect go on, if the one before has made a step.
    fn try_next_suspect(&mut self, committed: u64) {
        if let Some(trial) = &self.careful.trial {
            let stepped = trial.stepped.is_some_and(|batch| batch <= committed);
            if !stepped && self.clock.instant() < trial.until {
                return;
            }
            self.careful.trial = None;
        }
        while let Some(((_, key), timers)) = self.careful.suspects.pop_first() {
            if !self.apply(key, Event::Recovered) {
                continue;
            }
            for timer in timers {
                self.gate(key, timer);
            }
            let state = self.slots.peek(key).map(|(state, _)| state);
            if state.is_some_and(|state| state.hot.status() == Status::Parked) {
                continue;
            }
            self.careful.trial = Some(Trial {
                key,
                stepped: None,
                until: self.clock.instant() + PATIENCE,
            });
            return;
        }
    }
}

/// The attempts that it waits for.
fn attempts(state: &State) -> impl Iterator<Item = (LeafId, u32)> {
    let wakes = turn::wakes(&state.hot).into_iter();
    wakes.filter_map(|wake| match wake {
        Wake::Attempt { leaf, attempt, .. } => Some((leaf, attempt)),
        _ => None,
    })
}
