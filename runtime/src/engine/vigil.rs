//! Watching over an attempt that runs: its heartbeats are stored now and then, and it
//! ends when it takes too long or gives none.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::attempt::{Attempt, Workshop};
use crate::action::ActionFailure;

/// The details of heartbeats are stored at most so often.
const STORED_EVERY: Duration = Duration::from_secs(1);

/// Comes to its end with why the attempt must.
pub(super) async fn keep(
    attempt: &Attempt,
    limit: Option<(Duration, ActionFailure)>,
    workshop: &Workshop,
) -> ActionFailure {
    let begun = Instant::now();
    let (mut beaten, mut stored) = (begun, None::<Instant>);
    loop {
        let all = limit
            .iter()
            .map(|(limit, failure)| (left(begun, *limit), failure.clone()));
        let silence = attempt.heartbeat_limit().map(|limit| {
            let missed = ActionFailure::HeartbeatMissed { limit };
            (left(beaten, limit), missed)
        });
        let next = all.chain(silence).min_by_key(|(left, _)| *left);
        let store_in = stored.map_or(Duration::ZERO, |stored| left(stored, STORED_EVERY));
        tokio::select! {
            biased;
            () = attempt.heart.beaten() => beaten = Instant::now(),
            () = sleep(store_in), if attempt.heart.has_said() => {
                if let Some(beaten) = attempt.beaten() {
                    let _ = workshop.events.send(beaten);
                }
                stored = Some(Instant::now());
            }
            failure = after(next) => return failure,
        }
    }
}

/// What is left of a time that began then.
fn left(begun: Instant, limit: Duration) -> Duration {
    limit.saturating_sub(begun.elapsed())
}

async fn after(next: Option<(Duration, ActionFailure)>) -> ActionFailure {
    match next {
        Some((left, failure)) => {
            sleep(left).await;
            failure
        }
        None => std::future::pending().await,
    }
}
