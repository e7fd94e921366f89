//! A flow and those who cancel it: what it shields, and how it hears of it.

use bytes::Bytes;

use crate::machine::{Cx, Fault, Op, Outcome, Progress, Step, Wait};

/// Lets an operation end before a cancel takes effect.
///
/// A flow that is cancelled ends at the `.await` at which it stands. What is shielded
/// is waited for first, with all that it awaits itself; the flow then goes on to its
/// next `.await`, and ends there unless that is shielded as well. In a `join!` or
/// `race!` nothing is cut off as long as one operand is shielded.
///
/// For several steps write a flow and shield its call. A terminated instance ends
/// whatever is shielded.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn release(room: u32) {
///     # let _ = room;
/// }
///
/// #[flow]
/// async fn stay(room: u32) {
///     flow::race! {
///         () = flow::sleep(Duration::from_secs(24 * 3600)) => {}
///         _reason = flow::cancelled() => {}
///     }
///     flow::shield(release(room)).await;
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let guest = engine.start("guest-7", stay(12)).await?;
/// guest.cancel("left early").await?;
/// guest.result().await?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shield<O>(operation: O) -> Shield<O> {
    Shield { operation }
}

/// The operation that [`shield`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing runs unless this is awaited"]
pub struct Shield<O> {
    operation: O,
}

#[diagnostic::do_not_recommend]
impl<O: Op> Op for Shield<O> {
    type Output = O::Output;

    fn start(self, cx: &mut Cx) -> Progress<O::Output> {
        cx.shielded(|cx| self.operation.start(cx))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<O::Output> {
        cx.shielded(|cx| O::resume(waiting, cx))
    }
}

/// Waits until somebody cancels the instance; gives the reason.
///
/// A flow that waits for this when it is cancelled is not ended, but told, once. It
/// may then clean up: what it awaits under [`shield`] runs to its end, the first other
/// `.await` ends it. What it returns before that is its result as always. A cancel that
/// came while something shielded ran is told where the flow listens next, if that is its
/// next `.await`.
///
/// # Examples
///
/// See [`shield`].
pub fn cancelled() -> Cancelled {
    Cancelled { _private: () }
}

/// The operation that [`cancelled`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing is waited for unless this is awaited"]
pub struct Cancelled {
    _private: (),
}

#[diagnostic::do_not_recommend]
impl Op for Cancelled {
    type Output = String;

    fn start(self, cx: &mut Cx) -> Progress<String> {
        Ok(cx.request(Wait::Cancelled))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<String> {
        let (flow, label) = (cx.site().flow, cx.site().label);
        match cx.outcome_of(&waiting)? {
            None => Ok(Step::Waiting(waiting)),
            Some(Outcome::Cancelled(reason)) => Ok(Step::Done(reason)),
            Some(_) => Err(Fault::WrongOutcome {
                flow,
                label,
                expected: "a cancel",
            }),
        }
    }
}
