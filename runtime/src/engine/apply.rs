//! Taking turns: an event is applied to a state in memory, its writes join the
//! batch, and what the instance then needs travels with them.

use std::sync::Arc;

use super::attempt::Attempt;
use super::batch::Effect;
use super::core::{Core, Mode};
use super::event::Finished;
use super::running::Begun;
use super::tell::Tell;
use crate::action::Heart;
use crate::ids::{InstanceKey, LeafId};
use crate::payload::Payload;
use crate::record::Damaged;
use crate::turn::{self, Report, State, Turned, Wake, Write};

impl Core {
    /// An attempt reported.
    pub(super) fn finished(&mut self, finished: Finished) {
        self.counters.attempt(&finished.report);
        let place = (finished.key, finished.leaf);
        self.running.end(place, finished.attempt);
        self.reports.push_back((self.pending.no, finished.clone()));
        self.apply_report(finished);
    }

    pub(super) fn apply_report(&mut self, finished: Finished) {
        let Finished {
            key,
            leaf,
            attempt,
            report,
            heartbeat,
        } = finished;
        if !matches!(report, Report::Returned(_)) {
            self.beaten((key, leaf), attempt, heartbeat);
        }
        let event = turn::Event::ActionFinished {
            leaf,
            attempt,
            report,
        };
        self.apply(key, event);
    }

    /// Stores what an attempt said last, if it said anything.
    pub(super) fn beaten(
        &mut self,
        (key, leaf): (InstanceKey, LeafId),
        attempt: u32,
        details: Option<Payload>,
    ) {
        if let Some(details) = details {
            let event = turn::Event::Heartbeat {
                leaf,
                attempt,
                details,
            };
            self.apply(key, event);
        }
    }

    /// Applies an event to an instance; false when it changed nothing.
    pub(super) fn apply(&mut self, key: InstanceKey, event: turn::Event) -> bool {
        if !self.is_storing() {
            return false;
        }
        let Some(state) = self.state_for(key, &event) else {
            return false;
        };
        let now = self.clock.now();
        let turned = turn::turn(&state, event, &self.rules, now, self.next_seq);
        let Some(turned) = turned else { return false };
        self.accept(turned);
        true
    }

    /// The state in which the instance meets the event: one that went on without its
    /// children would look for them.
    fn state_for(&mut self, key: InstanceKey, event: &turn::Event) -> Option<State> {
        let state = self.state(key)?;
        let goes_on = matches!(
            event,
            turn::Event::TimerFired { .. } | turn::Event::ActionFinished { .. }
        );
        if !goes_on || !state.hot.is_bearing() {
            return Some(state);
        }
        self.births.parents.push_back(key);
        self.bear();
        self.state(key)
    }

    /// Makes a turn's state the present one and its writes part of the batch.
    pub(super) fn accept(&mut self, turned: Turned) {
        let Turned {
            state,
            writes,
            wakes,
            stops,
            posts,
            logged,
            parks,
            next_seq,
        } = turned;
        self.next_seq = next_seq;
        let key = state.key;
        let batch = self.pending.no;
        for due in state.hot.dues(key) {
            self.timers.was_set(batch, due.at);
            // It is looked at once it is durable, also while an action runs.
            self.pending.notify = true;
        }
        self.careful.stepped(key, batch);
        // Whoever goes idle or ends must be let go of when it is durable.
        self.pending.notify |= !state.hot.is_active();
        if logged.is_some() || parks {
            let tell = Tell::new(&state, logged);
            self.pending.effects.push(Effect::Tell(tell));
        }
        let begun = wakes.iter();
        let begun = begun
            .filter(|wake| matches!(wake, Wake::Attempt { .. }))
            .count();
        self.counters.turn(&writes, begun);
        self.write(&state, writes);
        for leaf in stops {
            self.give_up((key, leaf));
        }
        for wake in wakes {
            self.wake(&state, wake);
        }
        if !posts.is_empty() {
            self.deliver(key, posts);
        }
        self.bear();
    }

    /// Has a turn's writes go with the batch. Of the states that it has of one instance
    /// only the last is written.
    fn write(&mut self, state: &State, writes: Vec<Write>) {
        let batch = self.pending.no;
        // A turn writes the state last.
        let place = self.pending.writes.len() + writes.len().saturating_sub(1);
        let before = self.slots.put(state.clone(), batch, place);
        for write in writes {
            // Somebody may wait for it.
            self.pending.notify |= matches!(write, Write::Datum { .. });
            self.slots.keep_unread(&write, batch);
            let is_state = matches!(write, Write::Hot { .. });
            self.pending.add(write, before.filter(|_| is_state));
        }
    }

    /// Does what an active instance needs.
    pub(super) fn wake(&mut self, state: &State, wake: Wake) {
        match wake {
            Wake::Message { .. } | Wake::Answer { .. } | Wake::Gather { .. } => {
                self.ready.push_back(state.key);
            }
            Wake::Attempt { .. } if matches!(self.mode, Mode::Closing { .. }) => {}
            Wake::Attempt { .. } => self.admit(state, wake),
            Wake::Birth => self.births.parents.push_back(state.key),
        }
    }

    /// Has an attempt begin once the batch is durable.
    pub(super) fn hand_over(&mut self, state: &State, wake: Wake) {
        let Wake::Attempt {
            leaf,
            attempt,
            started_at,
            request,
            is_repeated,
            heartbeat,
        } = wake
        else {
            return;
        };
        let key = state.key;
        let Some(def) = self.rules.registry.action(&request.action) else {
            let problem = "the program does not have it any more".to_owned();
            let report = Report::Unusable(problem);
            let event = turn::Event::ActionFinished {
                leaf,
                attempt,
                report,
            };
            self.apply(key, event);
            return;
        };
        let of = state.hot.waiting().find(|waiting| waiting.id == leaf);
        let heart = Arc::new(Heart::new(heartbeat, self.rules.max_value_bytes));
        let batch = self.pending.no;
        let begun = Begun {
            attempt,
            batch,
            heart: Arc::clone(&heart),
        };
        self.running.begin((key, leaf), begun);
        self.pending.effects.push(Effect::Attempt(Attempt {
            key,
            instance: state.instance.id.clone(),
            flow: Arc::clone(&state.instance.flow),
            state: of.map(|of| of.label.clone()).unwrap_or_default(),
            leaf,
            number: attempt,
            started_at,
            def,
            request,
            is_repeated,
            heart,
        }));
    }

    /// Hands stored messages to the instances that wait for them.
    pub(super) fn hand_messages(&mut self) {
        if !matches!(self.mode, Mode::Open) {
            return;
        }
        for _ in 0..self.ready.len() {
            let Some(key) = self.ready.pop_front() else {
                return;
            };
            let Some(state) = self.state(key) else {
                continue;
            };
            for wake in turn::wakes(&state.hot) {
                match wake {
                    Wake::Message { channel, seq } => self.hand_message(key, channel, seq),
                    Wake::Answer { leaf } => {
                        self.apply(key, turn::Event::GoOn { leaf });
                    }
                    Wake::Gather { leaf } => self.gather(key, leaf),
                    Wake::Attempt { .. } | Wake::Birth => {}
                }
            }
        }
    }

    fn hand_message(&mut self, key: InstanceKey, channel: Arc<str>, seq: u64) {
        match self.slots.message(&*self.store, key, &channel, seq) {
            Ok(Some(payload)) => {
                let event = turn::Event::NextMessage {
                    channel,
                    seq,
                    payload,
                };
                self.apply(key, event);
            }
            Ok(None) => self.set_aside(key, &Damaged { row: "message" }),
            Err(error) => self.store_failed(error),
        }
    }
}
