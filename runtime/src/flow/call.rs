//! A call of a flow: arguments captured, nothing runs.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::codec::EncodeError;
use crate::machine::{Cx, Deferrable, Fault, Machine, Op, Progress, start_frame};
use crate::payload::{Fields, FieldsBuilder};

/// A call of the flow `M`.
///
/// Give it to an engine to run it as an instance, or await it in another flow:
/// then it runs inside that flow's instance, its frame nested in the caller's.
#[must_use = "a flow runs only when its call is given to an engine or awaited in a flow"]
pub struct FlowCall<M> {
    arguments: Result<Fields, EncodeError>,
    machine: PhantomData<fn() -> M>,
}

impl<M: Machine> FlowCall<M> {
    /// Captures the arguments; called by generated code.
    pub fn capture(fill: impl FnOnce(&mut FieldsBuilder) -> Result<(), EncodeError>) -> Self {
        let mut builder = FieldsBuilder::default();
        let arguments = fill(&mut builder).map(|()| builder.finish());
        Self {
            arguments,
            machine: PhantomData,
        }
    }

    /// The encoded arguments, by parameter.
    ///
    /// # Errors
    ///
    /// [`Fault::EncodeArguments`] when one of them could not be encoded.
    pub fn arguments(self) -> Result<Fields, Fault> {
        let callee = M::SHAPE.name;
        self.arguments
            .map_err(|source| Fault::EncodeArguments { callee, source })
    }

    /// The frame in which the flow starts, to drive its machine by hand.
    ///
    /// # Errors
    ///
    /// [`Fault::EncodeArguments`] when an argument could not be encoded.
    pub fn start_frame(self) -> Result<Bytes, Fault> {
        Ok(start_frame(M::SHAPE, &self.arguments()?))
    }

    /// Names the state that awaits this call. The macro reads the name from
    /// the source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

impl<M: Machine> fmt::Debug for FlowCall<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlowCall")
            .field("flow", &M::SHAPE.name)
            .finish_non_exhaustive()
    }
}

/// Only says, where a flow is awaited outside a flow, what to do instead.
#[diagnostic::on_unimplemented(
    message = "the flow `{Self}` is awaited outside a flow",
    label = "a flow can be awaited only in a `#[flow]`",
    note = "a call of a flow only says what to run: give it to an engine, as in `engine.run(id, {Self}(..))`, or write `#[flow]` above the function that awaits it"
)]
pub trait AwaitedInFlow {}

/// Never available: it is there for the message of [`AwaitedInFlow`].
impl<M: Machine + AwaitedInFlow> Future for FlowCall<M> {
    type Output = M::Output;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<M::Output> {
        unreachable!("nothing implements `AwaitedInFlow`")
    }
}

#[diagnostic::do_not_recommend]
impl<M: Machine> Op for FlowCall<M> {
    type Output = M::Output;

    fn start(self, cx: &mut Cx) -> Progress<M::Output> {
        M::resume(self.start_frame()?, cx)
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<M::Output> {
        M::resume(waiting, cx)
    }
}

impl<M: Machine> Deferrable for FlowCall<M> {
    fn held(self) -> Result<Bytes, Fault> {
        self.start_frame()
    }
}
