//! Beginning an instance again, with other arguments.

use std::any::{TypeId, type_name};
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::FlowCall;
use crate::machine::{Cx, Machine, Op, Progress, Restart as Request, Step, Wait};

/// Begins the instance again, with the arguments of this call, on the newest version of its
/// flow: a loop for ever, whose every round may run newer code.
///
/// It never brings a value: `flow::restart(job(n + 1)).await;` in a flow `job`, at any depth of
/// the flows that it awaits, is `return flow::restart(job(n + 1)).await;`. What the instance waits for besides is given up,
/// as by a race. The next round begins with a step of its own. The call is of the
/// instance's own flow, of whichever version; another one parks it.
///
/// The instance stays the same one: its id, its parent and children, the messages in its
/// channels, its values and status, its journal. Numbers go on: of turns, of idempotency
/// keys, of children. So storage stays what one round needs, however many there were
/// (keep of the journal the [last rows](crate::turn::Journal::Last) only). A start with
/// the first arguments still attaches to it.
///
/// What [`on_failure`](super::on_failure) said stays, too: a new round undoes nothing, and
/// makes nothing that was done good. Call [`keep`](super::keep) before it where a round
/// that came so far is not to be undone any more, or the list grows with each.
///
/// A cancel takes effect here, unless this is [shielded](super::shield); then it does at
/// the first `.await` of the next round.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const READINGS: Channel<u32> = Channel::new("readings");
///
/// /// A day's sum after the other, on the newest code of that day.
/// #[flow]
/// async fn meter(day: u32, before: u32) -> u32 {
///     let sum = before + flow::receive(READINGS).await;
///     if day == 3 {
///         return sum;
///     }
///     return flow::restart(meter(day + 1, sum)).await;
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let meter = engine.start("m", meter(1, 0)).await?;
/// for reading in [5, 6, 7] {
///     meter.send(READINGS, reading).await?;
/// }
/// assert_eq!(meter.result().await?, 18);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn restart<M: Machine, T: 'static>(call: FlowCall<M>) -> Restart<M, T> {
    let never = PhantomData;
    Restart { call, never }
}

/// The operation that [`restart`] gives.
#[must_use = "nothing begins again unless this is awaited"]
pub struct Restart<M, T> {
    call: FlowCall<M>,
    never: PhantomData<fn() -> T>,
}

impl<M, T> Restart<M, T> {
    /// Names the state that awaits this. The macro reads the name from the
    /// source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

impl<M: Machine, T> fmt::Debug for Restart<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Restart").field(&self.call).finish()
    }
}

#[diagnostic::do_not_recommend]
impl<M: Machine, T: 'static> Op for Restart<M, T> {
    type Output = T;

    fn start(self, cx: &mut Cx) -> Progress<T> {
        Ok(cx.request(Wait::Restart(Request {
            machine: TypeId::of::<M>(),
            types: type_name::<M>(),
            arguments: self.call.arguments()?,
        })))
    }

    /// The step that asks for it is the last one of this frame.
    fn resume(waiting: Bytes, _: &mut Cx) -> Progress<T> {
        Ok(Step::Waiting(waiting))
    }
}
