//! Running one attempt of an action, as a tokio task.
//!
//! In: a call whose request is durable. Out: one report to the turn thread,
//! whatever the action does: return, panic, or take too long.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

use super::clock::Clock;
use super::event::{Event, Finished};
use super::guarded::Guarded;
use super::queue::Queue;
use super::vigil;
use crate::action::{
    ActionCx, ActionDef, ActionFailure, AttemptOutcome, Deps, Heart, Outside, Policy,
};
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::log::Listener;
use crate::machine::ActionRequest;
use crate::record::Name;
use crate::time::Timestamp;
use crate::turn::Report;

/// What all attempts of an engine share.
pub(super) struct Workshop {
    pub(super) deps: Deps,
    pub(super) queue: Queue,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) clock: Clock,
    pub(super) outside: Arc<dyn Outside>,
    pub(super) listener: Listener,
}

/// An attempt to run.
pub(crate) struct Attempt {
    pub(crate) key: InstanceKey,
    pub(crate) instance: InstanceId,
    /// The flow that the instance is a run of.
    pub(crate) flow: Arc<str>,
    /// The label of what awaits it.
    pub(crate) state: Name,
    pub(crate) leaf: LeafId,
    pub(crate) number: u32,
    pub(crate) started_at: Timestamp,
    pub(crate) def: &'static ActionDef,
    pub(crate) request: Arc<ActionRequest>,
    /// Whether an attempt before was cut off.
    pub(crate) is_repeated: bool,
    pub(crate) heart: Arc<Heart>,
}

/// Where attempts run.
pub(super) enum Attempts {
    /// As tasks; dropping it aborts them.
    Tasks {
        runtime: Handle,
        workshop: Arc<Workshop>,
        running: JoinSet<()>,
    },
    /// Wherever a simulation takes them.
    #[cfg(feature = "testing")]
    Held(mpsc::Sender<Attempt>),
}

impl Attempts {
    pub(super) fn begin(&mut self, attempt: Attempt) {
        match self {
            Self::Tasks {
                runtime,
                workshop,
                running,
            } => {
                let Some(attempt) = workshop.queue.admit(attempt) else {
                    return;
                };
                let run = run_all(attempt, Arc::clone(workshop));
                match workshop.listener.dispatch() {
                    Some(listener) => {
                        running.spawn_on(run.with_subscriber(listener.clone()), runtime)
                    }
                    None => running.spawn_on(run, runtime),
                };
            }
            #[cfg(feature = "testing")]
            Self::Held(attempts) => {
                let _ = attempts.send(attempt);
            }
        }
    }

    /// Lets go of those that have ended.
    pub(super) fn forget_ended(&mut self) {
        match self {
            Self::Tasks { running, .. } => while running.try_join_next().is_some() {},
            #[cfg(feature = "testing")]
            Self::Held(_) => {}
        }
    }

    /// Aborts those that run.
    pub(super) fn stop(&mut self) {
        match self {
            Self::Tasks {
                running, workshop, ..
            } => {
                workshop.queue.clear();
                running.abort_all();
            }
            #[cfg(feature = "testing")]
            Self::Held(_) => {}
        }
    }
}

/// Runs the attempt, and then those that wait, one after the other.
async fn run_all(first: Attempt, workshop: Arc<Workshop>) {
    let mut next = Some(first);
    while let Some(attempt) = next {
        run(attempt, &workshop).await;
        next = workshop.queue.next();
    }
}

/// Runs the attempt and reports it.
async fn run(attempt: Attempt, workshop: &Workshop) {
    if !attempt.heart.begin() {
        // Nobody waits for it any more, or the engine closes.
        return;
    }
    let report = report(&attempt, workshop).await;
    let _ = workshop.events.send(Event::Finished(Finished {
        key: attempt.key,
        leaf: attempt.leaf,
        attempt: attempt.number,
        report,
        heartbeat: attempt.heart.take(),
    }));
}

async fn report(attempt: &Attempt, workshop: &Workshop) -> Report {
    let now = workshop.clock.now();
    if let Some(failure) = attempt.refused(now) {
        return Report::Broken(failure);
    }
    let limit = attempt.limit(now);
    let limited = limit.as_ref().map(|(limit, _)| *limit);
    let cx = attempt.cx(limited, &workshop.outside);
    let body = match attempt.body(&workshop.deps, cx) {
        Ok(body) => body,
        Err(report) => return report,
    };
    tokio::select! {
        biased;
        ended = body => reported(ended),
        failure = vigil::keep(attempt, limit, workshop) => {
            attempt.heart.stop();
            Report::Broken(failure)
        }
    }
}

impl Attempt {
    /// Why it does not begin, if it does not.
    pub(crate) fn refused(&self, now: Timestamp) -> Option<ActionFailure> {
        if self.is_repeated && self.def.policy.at_most_once {
            return Some(ActionFailure::Interrupted);
        }
        let (_, failure) = self.limit(now).filter(|(limit, _)| limit.is_zero())?;
        Some(failure)
    }

    /// The longest time between two heartbeats.
    pub(crate) fn heartbeat_limit(&self) -> Option<Duration> {
        let call = self.request.policy.as_deref();
        let call = call.and_then(|call| call.heartbeat);
        call.or(self.def.policy.heartbeat)
    }

    /// What it said and is not stored yet.
    pub(crate) fn beaten(&self) -> Option<Event> {
        let details = self.heart.take()?;
        Some(Event::Heartbeat {
            key: self.key,
            leaf: self.leaf,
            attempt: self.number,
            details,
        })
    }

    /// How long it may take from now on, and what it is called when it takes longer.
    pub(crate) fn limit(&self, now: Timestamp) -> Option<(Duration, ActionFailure)> {
        let policy = self.def.policy.tuned(self.request.policy.as_deref());
        limit(&policy, self.started_at, now)
    }

    /// What its body can know.
    pub(crate) fn cx(&self, limit: Option<Duration>, outside: &Arc<dyn Outside>) -> ActionCx {
        ActionCx::new(self.instance.clone(), self.leaf, self.number)
            .with_timeout(limit)
            .with_heart(Arc::clone(&self.heart))
            .with_outside(Arc::clone(outside))
    }

    /// The user's code, not yet polled; a report where there is none.
    pub(crate) fn body(&self, deps: &Deps, cx: ActionCx) -> Result<Guarded, Report> {
        let arguments = &self.request.arguments;
        let begun = catch_unwind(AssertUnwindSafe(|| (self.def.run)(deps, cx, arguments)));
        let body = begun.map_err(|panic| panicked(&*panic))?;
        Ok(Guarded::new(body.instrument(self.span())))
    }
}

fn limit(
    policy: &Policy,
    started_at: Timestamp,
    now: Timestamp,
) -> Option<(Duration, ActionFailure)> {
    let one = policy
        .timeout
        .map(|limit| (limit, ActionFailure::TimedOut { limit }));
    let all = policy.total_timeout.map(|limit| {
        let left = (started_at + limit).since(now);
        (left, ActionFailure::TotalTimedOut { limit })
    });
    match (one, all) {
        (Some(one), Some(all)) => Some(if one.0 < all.0 { one } else { all }),
        (one, all) => one.or(all),
    }
}

/// What an attempt is to the turn: what its body came to, or its panic.
pub(crate) fn reported(ended: Result<AttemptOutcome, Box<dyn Any + Send>>) -> Report {
    let outcome = match ended {
        Ok(outcome) => outcome,
        Err(panic) => return panicked(&*panic),
    };
    match outcome {
        AttemptOutcome::Returned(payload) => Report::Returned(payload),
        AttemptOutcome::Failed { payload, retry } => Report::Failed { payload, retry },
        AttemptOutcome::BadArguments {
            parameter,
            source: Some(source),
        } => Report::Unusable(format!(
            "its argument `{parameter}` cannot be read: {source}"
        )),
        AttemptOutcome::BadArguments {
            parameter,
            source: None,
        } => Report::Unusable(format!("the call has no argument `{parameter}`")),
        AttemptOutcome::BadResult(source) => {
            Report::Unusable(format!("its result could not be encoded: {source}"))
        }
        AttemptOutcome::MissingDep(missing) => Report::Unusable(missing.to_string()),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Report {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Report::Broken(ActionFailure::Panicked {
        message: text.unwrap_or("(a value that is no text)").to_owned(),
    })
}
