//! Durable operations: what can be awaited in a flow.

use std::pin::Pin;

use bytes::Bytes;

use super::{Cx, Fault, JoinError, Machine, Member, OpTie, Shape, Tie};
use crate::payload::Payload;

/// How far an operation or a machine got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<T> {
    /// It ended with this.
    Done(T),
    /// It waits; the bytes are all that is needed to go on later.
    Waiting(Bytes),
}

/// What starting or resuming an operation gives.
pub type Progress<T> = Result<Step<T>, Fault>;

/// A durable operation: to a flow what `Future` is to async code, but data.
///
/// Action calls, flow calls, timers and messages are operations. Awaiting one
/// in a `#[flow]` stores a checkpoint; nothing else can be awaited there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be awaited in a `#[flow]`",
    label = "not a durable operation, or it brings what cannot be stored",
    note = "only calls of actions and of flows, and operations of `flow::` such as `flow::sleep` and `flow::receive`, can be awaited in a flow",
    note = "what an operation brings is stored: of a `Receive<T>`, `Drain<T>` or `Get<T>` it is the `T` that must be `Durable`; derive `serde::Serialize` and `serde::Deserialize` for it",
    note = "move this into an `#[action]` and await the action; a function of yours that awaits actions is a `#[flow]` itself"
)]
pub trait Op: Sized + 'static {
    /// What it brings.
    type Output: 'static;

    /// Asks for what it needs ([`Cx::request`]) and says how far it got.
    ///
    /// # Errors
    ///
    /// [`Fault`] when a value could not be encoded.
    fn start(self, cx: &mut Cx) -> Progress<Self::Output>;

    /// Goes on from the bytes of [`Step::Waiting`] with the outcome in `cx`.
    ///
    /// # Errors
    ///
    /// [`Fault`] when the bytes or the outcome do not fit.
    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output>;

    /// Its types, and how to run it.
    #[doc(hidden)]
    const AWAITED: OpTie<Self, Self::Output> = OpTie::OF;

    /// Whether it is a child of the instance where many are awaited at once.
    #[doc(hidden)]
    const IS_CHILD: bool = false;

    /// It as such a child.
    #[doc(hidden)]
    fn member(self) -> Result<Member, Fault> {
        unreachable!("asked of children only")
    }

    /// What it brings when that child has ended so.
    #[doc(hidden)]
    fn of_end(end: Result<Payload, JoinError>, cx: &Cx) -> Result<Self::Output, Fault> {
        let _ = (end, cx);
        unreachable!("asked of children only")
    }
}

/// An operation that can be put off: it is data before it has begun.
///
/// Calls of actions and of flows are; what is made of several operations is not.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put off, so there is no limit of how many run at once",
    note = "`.limit(n)` is for calls of actions and of flows: write what each does as a `#[flow]`, and call that"
)]
pub trait Deferrable: Op {
    /// What [`Op::resume`] begins from.
    #[doc(hidden)]
    fn held(self) -> Result<Bytes, Fault>;
}

/// As recursion of `async fn`s is written: a flow that calls itself needs no box.
#[diagnostic::do_not_recommend]
impl<O: Op + Unpin> Op for Pin<Box<O>> {
    type Output = O::Output;

    fn start(self, cx: &mut Cx) -> Progress<O::Output> {
        (*Pin::into_inner(self)).start(cx)
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<O::Output> {
        O::resume(waiting, cx)
    }
}

/// The machine of a refused flow, and what a refused action returns: so their
/// callers see no further errors.
#[derive(Debug)]
pub struct Refused<T>(std::marker::PhantomData<fn() -> T>);

#[diagnostic::do_not_recommend]
impl<T: 'static> Op for Refused<T> {
    type Output = T;

    fn start(self, _: &mut Cx) -> Progress<T> {
        unreachable!("a refused flow does not compile")
    }

    fn resume(_: Bytes, _: &mut Cx) -> Progress<T> {
        unreachable!("a refused flow does not compile")
    }
}

impl<T: 'static> Machine for Refused<T> {
    type Output = T;

    const RESULT: Tie<T> = Tie {
        local: 0,
        encode: |_| unreachable!("a refused flow does not compile"),
        decode: |_| unreachable!("a refused flow does not compile"),
        failed: |_| unreachable!("a refused flow does not compile"),
    };

    const SHAPE: &'static Shape = &Shape {
        allows: &[],
        name: "",
        version: 1,
        file: "",
        line: 0,
        fingerprint: 0,
        locals: &[],
        params: 0,
        states: &[],
        operands: &[],
        drawn: "",
    };

    fn resume(_: Bytes, _: &mut Cx) -> Progress<T> {
        unreachable!("a refused flow does not compile")
    }
}
