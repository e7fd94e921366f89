//! An engine without threads: the same turns and commits, each taken when a
//! simulation says so.
//!
//! In: a store, a clock that a simulation moves, and when which of its two
//! halves goes on. Out: a normal handle for clients, and the attempts of
//! actions that are to run. Nothing here waits, and nothing decides an order.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::time::Duration;

use super::attempt::{Attempt, Attempts};
use super::builder::Builder;
use super::clock::Clock;
use super::command::Seeds;
use super::commit::Committer;
use super::core::Core;
use super::event::{Event, Finished};
use super::open::{Parts, assemble, registry};
use super::{Engine, OpenError};
use crate::action::Deps;
use crate::store::Store;
use crate::turn::Report;

/// Dropping it is a crash.
pub(crate) struct Simulated {
    /// `None` once it has stopped.
    core: Option<Core>,
    committer: Option<Committer>,
    attempts: Receiver<Attempt>,
    events: Sender<Event>,
    /// What actions need that run for real.
    pub(crate) deps: Deps,
    pub(crate) max_running: usize,
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
        let place = |_, _| Attempts::Held(held);
        let parts = assemble(settings, registry, store, Seeds::Of(seed), place)?;
        let Parts {
            inner,
            core,
            committer,
        } = parts;
        let simulated = Self {
            core: Some(core),
            committer: Some(committer),
            attempts,
            events: inner.events.clone(),
            deps,
            max_running,
        };
        let inner = Arc::new(inner);
        Ok((Engine { inner }, simulated))
    }

    /// Lets the turn thread's half take events, at most so many; whether it had
    /// anything to do.
    pub(crate) fn take_turns(&mut self, most: usize) -> bool {
        let Some(core) = &mut self.core else {
            return false;
        };
        let first = match core.events.try_recv() {
            Ok(event) => Some(event),
            Err(TryRecvError::Empty) => {
                let is_due = core.patience() == Some(Duration::ZERO);
                if !core.has_messages() && !is_due {
                    return false;
                }
                None
            }
            Err(TryRecvError::Disconnected) => Some(Event::Abandon),
        };
        if core.step(first, most) {
            self.core = None;
        }
        true
    }

    /// Lets the commit thread's half write what has gathered; whether it had
    /// anything to do.
    pub(crate) fn commit(&mut self) -> bool {
        let Some(committer) = &mut self.committer else {
            return false;
        };
        let goes_on = match committer.jobs.try_recv() {
            Ok(job) => committer.work(job),
            Err(TryRecvError::Empty) if committer.patience() == Some(Duration::ZERO) => {
                committer.idle();
                true
            }
            Err(TryRecvError::Empty) => return false,
            Err(TryRecvError::Disconnected) => {
                committer.store.abandon();
                false
            }
        };
        if !goes_on {
            self.committer = None;
        }
        true
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
        }));
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
