//! An engine without threads: the same turns and commits, each taken when a
//! simulation says so.
//!
//! In: a store, a clock that a simulation moves, and when which of its two
//! halves goes on. Out: a normal handle for clients, and the attempts of
//! actions that are to run. Nothing here waits, and nothing decides an order.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::time::Duration;

use super::attempt::{Attempt, Attempts};
use super::builder::Builder;
use super::clock::Clock;
use super::command::Seeds;
use super::commit::{Committer, Job};
use super::core::Core;
use super::event::{Event, Finished};
use super::open::{Parts, assemble, registry};
use super::{Engine, OpenError};
use crate::action::{Deps, Outside};
use crate::store::Store;
use crate::turn::Report;

/// Dropping it is a crash.
pub(crate) struct Simulated {
    /// `None` once it has stopped.
    core: Option<Core>,
    committer: Option<Committer>,
    /// What was received and not taken yet.
    event: Option<Event>,
    messages: VecDeque<Event>,
    cancels: VecDeque<Event>,
    job: Option<Result<Job, mpsc::RecvError>>,
    attempts: Receiver<Attempt>,
    events: Sender<Event>,
    /// What actions need that run for real.
    pub(crate) deps: Deps,
    pub(crate) max_running: usize,
    /// The engine, as attempts see it.
    pub(crate) outside: Arc<dyn Outside>,
}

/// What clients send and the engine may take later than what it is sent besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    Message,
    /// A cancel, or an end at once.
    Cancel,
}

/// What the turn thread's half has to do.
pub(crate) enum Waiting {
    Nothing,
    /// What time brings: timers, mostly.
    ItsTime,
    /// What somebody sent it, or is its own.
    Something,
}

impl Simulated {
    /// Takes up what `store` holds. The seeds of instances come from `seed`.
    pub(crate) fn open(
        mut settings: Builder,
        store: Arc<dyn Store>,
        clock: Clock,
        seed: u64,
    ) -> Result<(Engine, Self), OpenError> {
        settings.clock = clock;
        let settings = settings.of_this_thread();
        let registry = registry(&settings)?;
        let (held, attempts) = mpsc::channel();
        let (deps, max_running) = (settings.deps.clone(), settings.max_concurrent_actions);
        let mut desk = None;
        let place = |_, _, outside| {
            desk = Some(outside);
            Attempts::Held(held)
        };
        let parts = assemble(settings, registry, store, Seeds::Of(seed), place)?;
        let Parts {
            inner,
            core,
            committer,
        } = parts;
        let simulated = Self {
            core: Some(core),
            committer: Some(committer),
            event: None,
            messages: VecDeque::new(),
            cancels: VecDeque::new(),
            job: None,
            attempts,
            events: inner.events.clone(),
            deps,
            max_running,
            outside: desk.expect("an engine that is assembled has a place for attempts"),
        };
        let inner = Arc::new(inner);
        Ok((Engine { inner }, simulated))
    }

    /// What the turn thread's half has to do.
    pub(crate) fn turns(&mut self) -> Waiting {
        let Some(core) = &self.core else {
            return Waiting::Nothing;
        };
        if self.event.is_none() {
            self.event = core.events.try_recv().ok();
        }
        if self.event.is_some() || core.has_messages() {
            return Waiting::Something;
        }
        match (core.due_in(), core.patience()) {
            (Some(Duration::ZERO), _) => Waiting::ItsTime,
            // It cleans up.
            (_, Some(Duration::ZERO)) => Waiting::Something,
            _ => Waiting::Nothing,
        }
    }

    /// Sets messages and cancels that were sent aside; gives what there is of them.
    pub(crate) fn sent(&mut self) -> impl Iterator<Item = Sent> {
        let events = self.core.iter().flat_map(|core| core.events.try_iter());
        let mut events = self.event.take().into_iter().chain(events);
        self.event = loop {
            match events.next() {
                Some(message @ (Event::Send { .. } | Event::Ask { .. })) => {
                    self.messages.push_back(message);
                }
                Some(cancel @ (Event::Cancel { .. } | Event::Terminate { .. })) => {
                    self.cancels.push_back(cancel);
                }
                other => break other,
            }
        };
        let message = (!self.messages.is_empty()).then_some(Sent::Message);
        let cancel = (!self.cancels.is_empty()).then_some(Sent::Cancel);
        message.into_iter().chain(cancel)
    }

    /// Lets it take the first of these.
    pub(crate) fn take_sent(&mut self, sent: Sent) {
        let event = match sent {
            Sent::Message => self.messages.pop_front(),
            Sent::Cancel => self.cancels.pop_front(),
        };
        let core = self.core.as_mut();
        if core.is_some_and(|core| core.step(event, 1)) {
            self.core = None;
        }
    }

    /// Lets it take events, at most so many, and do what it is time for.
    pub(crate) fn take_turns(&mut self, most: usize) {
        let event = self.event.take();
        let core = self.core.as_mut();
        if core.is_some_and(|core| core.step(event, most)) {
            self.core = None;
        }
    }

    /// Whether the commit thread's half has anything to do.
    pub(crate) fn has_commit(&mut self) -> bool {
        let Some(committer) = &self.committer else {
            return false;
        };
        if self.job.is_none() {
            self.job = match committer.jobs.try_recv() {
                Ok(job) => Some(Ok(job)),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(Err(mpsc::RecvError)),
            };
        }
        self.job.is_some() || committer.patience() == Some(Duration::ZERO)
    }

    /// Lets it write what has gathered, or open the store again.
    pub(crate) fn commit(&mut self) {
        let Some(committer) = &mut self.committer else {
            return;
        };
        let goes_on = match self.job.take() {
            // A failed store is opened before jobs are looked at.
            job if committer.patience() == Some(Duration::ZERO) => {
                self.job = job;
                committer.idle();
                true
            }
            Some(Ok(job)) => committer.work(job),
            Some(Err(mpsc::RecvError)) => {
                committer.store.abandon();
                false
            }
            None => true,
        };
        if !goes_on {
            self.committer = None;
        }
    }

    /// The next attempt that is to run, in the order in which they were let go.
    pub(crate) fn next_attempt(&self) -> Option<Attempt> {
        self.attempts.try_recv().ok()
    }

    /// Tells the engine what an attempt came to.
    pub(crate) fn report(&self, attempt: &Attempt, report: Report) {
        let _ = self.events.send(Event::Finished(Finished {
            key: attempt.key,
            leaf: attempt.leaf,
            attempt: attempt.number,
            report,
            heartbeat: attempt.heart.take(),
        }));
    }

    /// Tells the engine what a running attempt said, if it did.
    pub(crate) fn beaten(&self, attempt: &Attempt) {
        if let Some(beaten) = attempt.beaten() {
            let _ = self.events.send(beaten);
        }
    }

    /// Lets the store settle, for nothing else can happen; whether it had to.
    pub(crate) fn settle(&mut self) -> bool {
        let committer = self.committer.as_mut();
        let unsettled =
            committer.filter(|committer| !committer.settled && committer.failed.is_none());
        unsettled.map(Committer::idle).is_some()
    }

    /// How long it is until one of the halves has something to do by itself.
    pub(crate) fn due_in(&self) -> Option<Duration> {
        let core = self.core.as_ref().and_then(Core::due_in);
        let committer = self.committer.as_ref();
        let committer = committer.filter(|committer| committer.failed.is_some());
        let committer = committer.and_then(Committer::patience);
        core.into_iter().chain(committer).min()
    }
}
