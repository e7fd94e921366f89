//! The turn thread: one loop that owns all states in memory.
//!
//! In: events, from one channel. Out: batches for the commit thread. It may
//! run ahead of the disk in memory, never in effects: what a turn wants done
//! travels with the turn's writes and is released after them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tokio::sync::oneshot;

use super::batch::{Batch, refuse};
use super::births::Births;
use super::careful::Careful;
use super::clock::Clock;
use super::command::Seeds;
use super::commit::Job;
use super::data::Lookers;
use super::event::{Event, Finished};
use super::family::Family;
use super::health::{Condition, Monitor};
use super::mail::Askers;
use super::metrics::Counters;
use super::retain::Retention;
use super::room::Room;
use super::running::Running;
use super::slots::Slots;
use super::timers::Timers;
use super::watch::Watcher;
use crate::ids::InstanceKey;
use crate::record::JournalSeq;
use crate::store::{Store, StoreError};
use crate::turn::Rules;

/// So many events are taken before their writes are handed over.
const MAX_EVENTS: usize = 512;

pub(super) struct Core {
    pub(super) rules: Arc<Rules>,
    pub(super) clock: Clock,
    pub(super) store: Arc<dyn Store>,
    pub(super) monitor: Arc<Monitor>,
    pub(super) counters: Arc<Counters>,
    pub(super) events: Receiver<Event>,
    pub(super) jobs: Sender<Job>,
    /// The number of the last durable batch, set by the commit thread.
    pub(super) committed: Arc<AtomicU64>,
    pub(super) seeds: Seeds,
    /// What no batch has taken along yet.
    pub(super) pending: Batch,
    pub(super) slots: Slots,
    pub(super) next_key: InstanceKey,
    pub(super) next_seq: JournalSeq,
    pub(super) running: Running,
    pub(super) room: Room,
    /// Reports whose turns are not durable yet, to be applied again if the
    /// store fails.
    pub(super) reports: VecDeque<(u64, Finished)>,
    /// Instances to hand their next stored message to.
    pub(super) ready: VecDeque<InstanceKey>,
    pub(super) watchers: FxHashMap<InstanceKey, Vec<Watcher>>,
    pub(super) timers: Timers,
    pub(super) family: Family,
    pub(super) births: Births,
    pub(super) lookers: Lookers,
    pub(super) askers: Askers,
    pub(super) careful: Careful,
    pub(super) retention: Retention,
    pub(super) mode: Mode,
}

/// What comes out of waiting for an event.
enum Next {
    Event(Event),
    /// It is time for something else.
    Nothing,
    /// Nobody can send any more.
    Gone,
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

/// What ties the turn thread to the rest of the engine.
pub(super) struct Links {
    pub(super) rules: Arc<Rules>,
    pub(super) clock: Clock,
    pub(super) store: Arc<dyn Store>,
    pub(super) monitor: Arc<Monitor>,
    pub(super) counters: Arc<Counters>,
    pub(super) events: Receiver<Event>,
    pub(super) jobs: Sender<Job>,
    pub(super) committed: Arc<AtomicU64>,
    pub(super) seeds: Seeds,
    /// So many attempts run at the same time.
    pub(super) max_running: usize,
}

impl Core {
    /// With nothing in memory.
    pub(super) fn new(links: Links, keep: Option<Duration>) -> Result<Self, StoreError> {
        let counters = links.store.counters()?;
        Ok(Self {
            rules: links.rules,
            clock: links.clock,
            store: links.store,
            monitor: links.monitor,
            counters: links.counters,
            events: links.events,
            jobs: links.jobs,
            committed: links.committed,
            seeds: links.seeds,
            pending: Batch {
                no: 1,
                ..Batch::default()
            },
            slots: Slots::default(),
            next_key: counters.next_key,
            next_seq: counters.next_seq,
            running: Running::default(),
            room: Room::new(links.max_running),
            reports: VecDeque::new(),
            ready: VecDeque::new(),
            watchers: FxHashMap::default(),
            timers: Timers::default(),
            family: Family::default(),
            births: Births::default(),
            lookers: Lookers::default(),
            askers: Askers::default(),
            careful: Careful::default(),
            retention: Retention::new(keep),
            mode: Mode::Open,
        })
    }

    /// Works until it is told to stop. A panic of the engine's own code drops
    /// what is not durable and begins again from the store.
    pub(super) fn run(mut self) {
        self.births.has_commit_thread = true;
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
        loop {
            let first = match self.next_event() {
                Next::Event(event) => Some(event),
                Next::Nothing => None,
                Next::Gone => return,
            };
            if self.step(first, MAX_EVENTS) {
                return;
            }
        }
    }

    /// Takes an event and what else has come, at most so many, then does what
    /// is due; true when the engine is closed. Never waits.
    pub(super) fn step(&mut self, first: Option<Event>, most: usize) -> bool {
        let mut next = first;
        let mut taken = 0;
        loop {
            match next {
                Some(Event::Abandon) => return true,
                Some(event) => self.handle(event),
                None => {}
            }
            self.hand_messages();
            taken += 1;
            if taken >= most || self.pending.is_full() {
                break;
            }
            next = self.next_sent();
            if next.is_none() {
                break;
            }
        }
        self.tick()
    }

    /// What is due between events; true when the engine is closed.
    fn tick(&mut self) -> bool {
        self.settle();
        if matches!(self.mode, Mode::Open) {
            self.go_on_carefully();
            self.fire_timers();
            self.clean();
        }
        self.fill_room();
        self.monitor.running(self.running.len() + self.room.len());
        self.flush();
        self.close_if_idle()
    }

    /// Waits for an event, or until there is something to do without one.
    fn next_event(&mut self) -> Next {
        if self.has_messages() || self.births.has_put_off() {
            return self.next_sent().map_or(Next::Nothing, Next::Event);
        }
        match self.patience() {
            None => self.events.recv().map_or(Next::Gone, Next::Event),
            Some(limit) => match self.events.recv_timeout(limit) {
                Ok(event) => Next::Event(event),
                Err(RecvTimeoutError::Timeout) => Next::Nothing,
                Err(RecvTimeoutError::Disconnected) => Next::Gone,
            },
        }
    }

    /// Whether there are stored messages to hand over.
    pub(super) fn has_messages(&self) -> bool {
        !self.ready.is_empty() && matches!(self.mode, Mode::Open)
    }

    /// How long to wait for an event.
    pub(super) fn patience(&self) -> Option<Duration> {
        let clean = || self.next_clean().and_then(|at| self.clock.wait_until(at));
        let clean = matches!(self.mode, Mode::Open).then(clean).flatten();
        [self.due_in(), clean].into_iter().flatten().min()
    }

    /// How long it is until something is due that is more than cleaning up.
    pub(super) fn due_in(&self) -> Option<Duration> {
        match &self.mode {
            Mode::Failed(_) => None,
            Mode::Closing { until, .. } => {
                Some(until.saturating_duration_since(self.clock.instant()))
            }
            Mode::Open => {
                let timers = self.next_timer().and_then(|at| self.clock.wait_until(at));
                let careful = self.careful.patience(&self.clock);
                [timers, careful].into_iter().flatten().min()
            }
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
        self.counters.handed_over();
        if let Err(mpsc::SendError(Job::Batch(batch))) = self.jobs.send(Job::Batch(batch)) {
            refuse(batch, &Arc::new(StoreError::Closed));
        }
    }

    /// Whether turns may be taken: not while the store is being opened again.
    pub(super) fn is_storing(&self) -> bool {
        !matches!(self.mode, Mode::Failed(_))
    }
}
