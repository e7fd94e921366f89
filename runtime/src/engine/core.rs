//! The turn thread: one loop that owns all states in memory.
//!
//! In: events, from one channel. Out: batches for the commit thread. It may
//! run ahead of the disk in memory, never in effects: what a turn wants done
//! travels with the turn's writes and is released after them.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};

use super::attempt::Attempt;
use super::careful::Careful;
use super::clock::Clock;
use super::commit::{Batch, Effect, Job, refuse};
use super::error::Refusal;
use super::event::{Event, Finished, Outcome};
use super::health::{Condition, Monitor};
use super::retain::Retention;
use super::slots::Slots;
use super::timers::Timers;
use crate::ids::{InstanceKey, LeafId};
use crate::record::{JournalSeq, Phase};
use crate::store::{Store, StoreError};
use crate::turn::{self, Report, Rules, State, Turned, Wake, Write};

/// So many events are taken before their writes are handed over.
const MAX_EVENTS: usize = 512;

pub(super) struct Core {
    pub(super) rules: Arc<Rules>,
    pub(super) clock: Clock,
    pub(super) store: Arc<dyn Store>,
    pub(super) monitor: Arc<Monitor>,
    pub(super) events: Receiver<Event>,
    pub(super) jobs: Sender<Job>,
    /// The number of the last durable batch, set by the commit thread.
    pub(super) committed: Arc<AtomicU64>,
    /// What no batch has taken along yet.
    pub(super) pending: Batch,
    pub(super) slots: Slots,
    pub(super) next_key: InstanceKey,
    pub(super) next_seq: JournalSeq,
    /// The attempts that were handed over and have not reported.
    pub(super) running: HashMap<(InstanceKey, LeafId), Running>,
    /// Reports whose turns are not durable yet, to be applied again if the
    /// store fails.
    pub(super) reports: VecDeque<(u64, Finished)>,
    /// Instances to hand their next stored message to.
    pub(super) ready: VecDeque<InstanceKey>,
    pub(super) watchers: HashMap<InstanceKey, Vec<Watcher>>,
    pub(super) timers: Timers,
    pub(super) careful: Careful,
    pub(super) retention: Retention,
    pub(super) mode: Mode,
}

/// An attempt that may be running.
pub(super) struct Running {
    pub(super) attempt: u32,
    /// The batch that lets it begin.
    pub(super) batch: u64,
    pub(super) cancel: Arc<watch::Sender<bool>>,
}

/// Somebody who waits for the end of an instance.
pub(super) struct Watcher {
    pub(super) or_parked: bool,
    pub(super) reply: oneshot::Sender<Result<Outcome, Refusal>>,
}

pub(super) enum Mode {
    Open,
    /// The store failed and is not open again.
    Failed(Arc<StoreError>),
    /// It was told to stop, and waits for running actions until then.
    Closing {
        until: Instant,
        reply: oneshot::Sender<Result<(), Arc<StoreError>>>,
    },
}

impl Core {
    /// Works until it is told to stop. A panic of the engine's own code drops
    /// what is not durable and begins again from the store.
    pub(super) fn run(mut self) {
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.work())) {
                Ok(()) => break,
                Err(_) => self.store_failed(StoreError::Panicked {
                    message: "the turn thread; see the panic's own message".to_owned(),
                }),
            }
        }
        self.monitor.set(Condition::Stopped);
    }

    fn work(&mut self) {
        while let Some(event) = self.next_event() {
            let mut next = event;
            for _ in 0..MAX_EVENTS {
                if let Some(event) = next.take() {
                    if matches!(event, Event::Abandon) {
                        return;
                    }
                    self.handle(event);
                }
                self.hand_messages();
                match self.events.try_recv() {
                    Ok(event) => next = Some(event),
                    Err(_) => break,
                }
            }
            if let Some(Event::Abandon) = next {
                return;
            }
            if let Some(event) = next {
                self.handle(event);
            }
            if self.tick() {
                return;
            }
        }
    }

    /// What is due between events; true when the engine is closed.
    fn tick(&mut self) -> bool {
        self.settle();
        if matches!(self.mode, Mode::Open) {
            self.go_on_carefully();
            self.fire_timers();
            self.clean();
        }
        self.monitor.running(self.running.len());
        self.flush();
        self.close_if_idle()
    }

    /// Waits for an event; `None` inside when there is something to do
    /// without one, and outside when nobody can send any more.
    fn next_event(&mut self) -> Option<Option<Event>> {
        if !self.ready.is_empty() && matches!(self.mode, Mode::Open) {
            return Some(self.events.try_recv().ok());
        }
        match self.patience() {
            None => self.events.recv().ok().map(Some),
            Some(limit) => match self.events.recv_timeout(limit) {
                Ok(event) => Some(Some(event)),
                Err(RecvTimeoutError::Timeout) => Some(None),
                Err(RecvTimeoutError::Disconnected) => None,
            },
        }
    }

    /// How long to wait for an event.
    fn patience(&self) -> Option<Duration> {
        match &self.mode {
            Mode::Failed(_) => None,
            Mode::Closing { until, .. } => Some(until.saturating_duration_since(Instant::now())),
            Mode::Open => {
                let timers = self.next_timer().and_then(|at| self.clock.wait_until(at));
                let clean = self.next_clean().and_then(|at| self.clock.wait_until(at));
                let careful = self.careful.patience();
                [timers, clean, careful].into_iter().flatten().min()
            }
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Start { request, reply } => self.start(request, reply),
            Event::Send {
                id,
                channel,
                payload,
                reply,
            } => self.send(&id, channel, payload, reply),
            Event::Watch {
                id,
                or_parked,
                reply,
            } => self.watch(&id, Watcher { or_parked, reply }),
            Event::Retry { id, reply } => self.retry(&id, reply),
            Event::Delete { id, force, reply } => self.delete(&id, force, reply),
            Event::Finished(finished) => self.finished(finished),
            Event::Failed(error) => self.drop_undurable(error),
            Event::Reopened => self.begin_again(),
            Event::Shutdown { limit, reply } => {
                self.monitor.set(Condition::Stopping);
                let until = Instant::now() + limit.min(Duration::from_secs(86_400 * 365));
                self.mode = Mode::Closing { until, reply };
            }
            Event::Committed | Event::ClockMoved | Event::Abandon => {}
        }
    }

    /// An attempt reported.
    fn finished(&mut self, finished: Finished) {
        let place = (finished.key, finished.leaf);
        let known = self.running.get(&place);
        if known.is_some_and(|running| running.attempt == finished.attempt) {
            self.running.remove(&place);
        }
        self.reports.push_back((self.pending.no, finished.clone()));
        self.apply_report(finished);
    }

    pub(super) fn apply_report(&mut self, finished: Finished) {
        let Finished {
            key,
            leaf,
            attempt,
            report,
        } = finished;
        let event = turn::Event::ActionFinished {
            leaf,
            attempt,
            report,
        };
        self.apply(key, event);
    }

    /// Applies an event to an instance; false when it changed nothing.
    pub(super) fn apply(&mut self, key: InstanceKey, event: turn::Event) -> bool {
        if !self.is_storing() {
            return false;
        }
        let Some(state) = self.state(key) else {
            return false;
        };
        let now = self.clock.now();
        let turned = turn::turn(&state, event, &self.rules, now, self.next_seq);
        let Some(turned) = turned else { return false };
        self.accept(turned);
        true
    }

    /// Makes a turn's state the present one and its writes part of the batch.
    pub(super) fn accept(&mut self, turned: Turned) {
        let Turned {
            state,
            writes,
            wake,
            next_seq,
        } = turned;
        self.next_seq = next_seq;
        let key = state.key;
        let batch = self.pending.no;
        if let Some(due) = state.hot.due(key) {
            self.timers.was_set(batch, due.at);
        }
        self.careful.stepped(key, batch);
        // Whoever goes idle or ends must be let go of when it is durable.
        self.pending.notify |= !state.hot.is_active();
        for write in &writes {
            if let Write::Message {
                key,
                channel,
                seq,
                payload,
            } = write
            {
                self.slots
                    .keep_unread(*key, channel, *seq, payload.clone(), batch);
            }
        }
        self.pending.writes.extend(writes);
        self.slots.put(state.clone(), batch);
        if let Some(wake) = wake {
            self.wake(&state, wake);
        }
    }

    /// Does what an active instance needs.
    pub(super) fn wake(&mut self, state: &State, wake: Wake) {
        let key = state.key;
        match wake {
            Wake::Message { .. } => self.ready.push_back(key),
            Wake::Attempt {
                leaf,
                attempt,
                started_at,
                request,
            } => {
                if matches!(self.mode, Mode::Closing { .. }) {
                    return;
                }
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
                let cancel = Arc::new(watch::Sender::new(false));
                let batch = self.pending.no;
                let running = Running {
                    attempt,
                    batch,
                    cancel: Arc::clone(&cancel),
                };
                self.running.insert((key, leaf), running);
                self.pending.effects.push(Effect::Attempt(Attempt {
                    key,
                    instance: state.instance.id.clone(),
                    leaf,
                    attempt,
                    started_at,
                    def,
                    request,
                    cancel,
                }));
            }
        }
    }

    /// Hands stored messages to the instances that wait for them.
    fn hand_messages(&mut self) {
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
            let Some(Wake::Message { channel, seq }) = turn::wake(&state.hot) else {
                continue;
            };
            match self.slots.message(&*self.store, key, &channel, seq) {
                Ok(Some(payload)) => {
                    let event = turn::Event::NextMessage {
                        channel,
                        seq,
                        payload,
                    };
                    self.apply(key, event);
                }
                Ok(None) => self.set_aside(key, &crate::record::Damaged { row: "message" }),
                Err(error) => self.store_failed(error),
            }
        }
    }

    /// Lets go of what has become durable: tells watchers, forgets states that
    /// nothing runs for.
    pub(super) fn settle(&mut self) {
        let committed = self.committed.load(Ordering::Acquire);
        while self.reports.front().is_some_and(|(no, _)| *no <= committed) {
            self.reports.pop_front();
        }
        self.timers.settle(committed);
        for key in self.slots.settle(committed) {
            self.tell_watchers(key);
            self.slots.evict_if_idle(key);
        }
    }

    /// Tells those who wait for the durable state of an instance.
    fn tell_watchers(&mut self, key: InstanceKey) {
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
            let told = |watcher: &mut Watcher| {
                watcher.or_parked || matches!(outcome, Outcome::Finished(_))
            };
            for watcher in watchers.extract_if(.., told) {
                let _ = watcher.reply.send(Ok(outcome.clone()));
            }
        }
        if watchers.is_empty() {
            self.watchers.remove(&key);
        }
    }

    /// Hands the gathered writes and effects over.
    pub(super) fn flush(&mut self) {
        if self.pending.writes.is_empty() && self.pending.effects.is_empty() {
            return;
        }
        let next = Batch {
            no: self.pending.no + 1,
            epoch: self.pending.epoch,
            ..Batch::default()
        };
        let batch = std::mem::replace(&mut self.pending, next);
        if let Err(mpsc::SendError(Job::Batch(batch))) = self.jobs.send(Job::Batch(batch)) {
            refuse(batch, &Arc::new(StoreError::Closed));
        }
    }

    /// Whether turns may be taken: not while the store is being opened again.
    pub(super) fn is_storing(&self) -> bool {
        !matches!(self.mode, Mode::Failed(_))
    }

    /// Closes when it was told to and nothing runs, or the time is up.
    fn close_if_idle(&mut self) -> bool {
        let Mode::Closing { until, .. } = &self.mode else {
            return false;
        };
        if !self.running.is_empty() && Instant::now() < *until {
            return false;
        }
        let running = std::mem::take(&mut self.running);
        let mut cut: Vec<_> = running.into_iter().collect();
        cut.sort_by_key(|(place, _)| *place);
        for ((key, leaf), running) in cut {
            running.cancel.send_replace(true);
            let attempt = running.attempt;
            self.apply(key, turn::Event::CutOff { leaf, attempt });
        }
        self.flush();
        if let Mode::Closing { reply, .. } = std::mem::replace(&mut self.mode, Mode::Open) {
            let _ = self.jobs.send(Job::Close(reply));
        }
        true
    }
}

/// What a watcher is told about this state, if anything.
pub(super) fn outcome(state: &State) -> Option<Outcome> {
    match &state.hot.phase {
        Phase::Finished => {
            let end = state.instance.end.as_ref();
            end.map(|end| Outcome::Finished(end.result.clone()))
        }
        Phase::Parked(parked) => Some(Outcome::Parked(parked.reason.clone())),
        Phase::Waiting(_) => None,
    }
}
