//! Running one attempt of an action, as a tokio task.
//!
//! In: a call whose request is durable. Out: one report to the turn thread,
//! whatever the action does: return, panic, or take too long.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::clock::Clock;
use super::event::{Event, Finished};
use crate::action::{ActionCx, ActionDef, ActionFailure, AttemptOutcome, Deps, Policy, RunFuture};
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::ActionRequest;
use crate::time::Timestamp;
use crate::turn::Report;

/// What all attempts of an engine share.
pub(super) struct Workshop {
    pub(super) deps: Deps,
    pub(super) permits: Semaphore,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) clock: Clock,
}

/// An attempt to run.
pub(super) struct Attempt {
    pub(super) key: InstanceKey,
    pub(super) instance: InstanceId,
    pub(super) leaf: LeafId,
    pub(super) number: u32,
    pub(super) started_at: Timestamp,
    pub(super) def: &'static ActionDef,
    pub(super) request: Arc<ActionRequest>,
    /// Set when nobody waits for the outcome any more.
    pub(super) cancel: Arc<watch::Sender<bool>>,
}

/// Runs the attempt and reports it.
pub(super) async fn run(attempt: Attempt, workshop: Arc<Workshop>) {
    // The semaphore is never closed; without a permit there is nothing to wait for.
    let _permit = workshop.permits.acquire().await;
    if *attempt.cancel.borrow() {
        // Its instance was deleted before it could begin.
        return;
    }
    let report = report(&attempt, &workshop).await;
    let _ = workshop.events.send(Event::Finished(Finished {
        key: attempt.key,
        leaf: attempt.leaf,
        attempt: attempt.number,
        report,
    }));
}

async fn report(attempt: &Attempt, workshop: &Workshop) -> Report {
    let policy = attempt.def.policy.tuned(&attempt.request.policy);
    let limit = limit(&policy, attempt.started_at, workshop.clock.now());
    if let Some((Duration::ZERO, failure)) = limit {
        return Report::Broken(failure);
    }
    let cx = ActionCx::new(attempt.instance.clone(), attempt.leaf, attempt.number)
        .with_timeout(limit.as_ref().map(|(limit, _)| *limit))
        .with_cancel(attempt.cancel.subscribe());
    let arguments = &attempt.request.arguments;
    let begun = catch_unwind(AssertUnwindSafe(|| {
        (attempt.def.run)(&workshop.deps, cx, arguments)
    }));
    let future = match begun {
        Ok(future) => Guarded(future),
        Err(panic) => return panicked(&*panic),
    };
    let ended = match limit {
        None => future.await,
        Some((limit, failure)) => {
            let Ok(ended) = tokio::time::timeout(limit, future).await else {
                attempt.cancel.send_replace(true);
                return Report::Broken(failure);
            };
            ended
        }
    };
    ended.map_or_else(|panic| panicked(&*panic), reported)
}

/// How long the attempt may take, and what it is called when it takes longer.
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

fn reported(outcome: AttemptOutcome) -> Report {
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

/// An action's future whose panics are values. It is not polled after one.
struct Guarded(RunFuture);

impl Future for Guarded {
    type Output = Result<AttemptOutcome, Box<dyn Any + Send>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}
