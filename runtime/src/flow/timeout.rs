//! An operation that may take so long and no longer.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{Sleep, sleep};
use crate::machine::{Branch, Cx, Fault, Op, Progress, Step, decode_branches, encode_branches};

/// Waits for an operation, but not longer than `limit`.
///
/// When the time is up the operation is given up as the loser of a `flow::race!` is: a
/// timer is removed, an action told to stop, a message stays in its channel. Of both at
/// once the operation counts. The limit begins when this is awaited; it is no limit of
/// an attempt, see [`ActionCall::timeout`](crate::action::ActionCall::timeout).
///
/// # Panics
///
/// Outside a flow.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const APPROVAL: Channel<bool> = Channel::new("approval");
///
/// #[flow]
/// async fn approved(limit: Duration) -> bool {
///     matches!(flow::timeout(limit, flow::receive(APPROVAL)).await, Ok(true))
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert!(!engine.run("late", approved(Duration::from_millis(5))).await?);
/// let asked = engine.start("asked", approved(Duration::from_secs(60))).await?;
/// asked.send(APPROVAL, true).await?;
/// assert!(asked.result().await?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn timeout<O>(limit: Duration, operation: O) -> Timeout<O> {
    Timeout {
        timer: sleep(limit),
        operation,
    }
}

/// The operation that [`timeout`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing runs unless this is awaited"]
pub struct Timeout<O> {
    timer: Sleep,
    operation: O,
}

impl<O> Timeout<O> {
    /// Names the state that awaits this. The macro reads the name from the
    /// source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

/// That the time of a [`timeout`] is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time is up")
    }
}

impl std::error::Error for Elapsed {}

const OPERATION: &str = "operation";
const TIMER: &str = "timer";

#[diagnostic::do_not_recommend]
impl<O: Op> Op for Timeout<O> {
    type Output = Result<O::Output, Elapsed>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        let operation = match self.operation.start(cx)? {
            Step::Done(output) => return Ok(Step::Done(Ok(output))),
            Step::Waiting(operation) => operation,
        };
        let Step::Waiting(timer) = self.timer.start(cx)? else {
            return Ok(Step::Done(Err(Elapsed)));
        };
        Ok(waiting(operation, timer))
    }

    fn resume(stored: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        let site = cx.site();
        let (flow, label) = (site.flow, site.label);
        let other = || Fault::OtherOperands { flow, label };
        let mut branches = decode_branches(&stored).ok_or_else(other)?.into_iter();
        let mut next = |name: &str| match branches.next() {
            Some((found, Branch::Waiting(waiting))) if found == name => Ok(waiting),
            _ => Err(other()),
        };
        let (operation, timer) = (next(OPERATION)?, next(TIMER)?);
        let operation = match O::resume(operation, cx)? {
            Step::Done(output) => return Ok(Step::Done(Ok(output))),
            Step::Waiting(operation) => operation,
        };
        match Sleep::resume(timer, cx)? {
            Step::Done(()) => Ok(Step::Done(Err(Elapsed))),
            Step::Waiting(timer) => Ok(waiting(operation, timer)),
        }
    }
}

fn waiting<T>(operation: Bytes, timer: Bytes) -> Step<T> {
    let branches = [
        (OPERATION, Branch::Waiting(operation)),
        (TIMER, Branch::Waiting(timer)),
    ];
    let branches = branches.iter().map(|(name, state)| (*name, state));
    Step::Waiting(encode_branches(branches).into())
}
