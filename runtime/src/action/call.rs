//! A call of an action: arguments captured, nothing runs until it is awaited.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::{ActionDef, AttemptOutcome, CallPolicy, ReplyTie, Retry, Spawned};
use crate::codec::EncodeError;
use crate::machine::{ActionRequest, Cx, Deferrable, Fault, JoinError, Member, Op, Progress, Wait};
use crate::payload::{Fields, FieldsBuilder, Payload};

/// What `#[action]` makes of a function, beside the function itself.
pub trait Action: 'static {
    /// What the function returns.
    type Output: 'static;
    /// How that is stored.
    fn reply() -> ReplyTie<Self::Output>;
    /// What it is called with: one value for each parameter that a call has, as a
    /// tuple. What a parameter borrows is owned here: `String` for `&str`.
    type Arguments;
    /// The registered definition.
    const DEF: &'static ActionDef;

    /// Decodes the arguments of a call.
    ///
    /// # Errors
    ///
    /// [`AttemptOutcome::BadArguments`] when one is missing or of another type.
    fn arguments(fields: &Fields) -> Result<Self::Arguments, AttemptOutcome>;

    /// What an attempt comes to whose body returns this: whether an `Err` is worth
    /// another one is what `retry_if` says.
    fn outcome(returned: Self::Output) -> AttemptOutcome;
}

/// An action that may run more than once for one call: any that is not
/// `#[action(at_most_once)]`. Implemented by the macro.
#[diagnostic::on_unimplemented(
    message = "`{Self}` runs at most once: it cannot be tried again",
    label = "this action is `at_most_once`",
    note = "call it again where its `Err` says that it did nothing; or remove `at_most_once`"
)]
pub trait Repeatable: Action {}

/// A call of the action `A`, to be awaited in a flow.
///
/// Its arguments are encoded when it is made. Attempts and time limits of the
/// definition can be tuned for this call.
#[must_use = "an action runs only when its call is awaited in a flow"]
pub struct ActionCall<A: Action> {
    arguments: Result<Fields, EncodeError>,
    policy: CallPolicy,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> ActionCall<A> {
    /// Captures the arguments; called by generated code.
    pub fn capture(fill: impl FnOnce(&mut FieldsBuilder) -> Result<(), EncodeError>) -> Self {
        let mut builder = FieldsBuilder::default();
        let arguments = fill(&mut builder).map(|()| builder.finish());
        Self {
            arguments,
            policy: CallPolicy::default(),
            action: PhantomData,
        }
    }

    /// Tries this call as `retry` says instead of as defined. Not for an action that
    /// is `at_most_once`.
    pub fn retry(mut self, retry: Retry) -> Self
    where
        A: Repeatable,
    {
        self.policy.retry = Some(retry);
        self
    }

    /// Limits each attempt of this call.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.policy.timeout = Some(limit);
        self
    }

    /// Limits all attempts of this call and the delays between them.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.policy.total_timeout = Some(limit);
        self
    }

    /// Limits the time between two heartbeats of each attempt of this call. An action
    /// without an `ActionCx` gives none.
    pub fn heartbeat(mut self, limit: Duration) -> Self {
        self.policy.heartbeat = Some(limit);
        self
    }

    /// The call as the engine gets it.
    pub(crate) fn request(self) -> Result<ActionRequest, Fault> {
        // Computed at compile time: compiled code does not refer to the rest of
        // the definition, and an audit sees that a flow runs no action itself.
        let callee = const { A::DEF.name };
        let arguments = self
            .arguments
            .map_err(|source| Fault::EncodeArguments { callee, source })?;
        Ok(ActionRequest {
            action: callee.to_owned(),
            arguments,
            policy: self.policy.said(),
        })
    }

    /// Names the state that awaits this call. The macro reads the name from
    /// the source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

impl<A: Action> fmt::Debug for ActionCall<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionCall")
            .field("action", &const { A::DEF.name })
            .finish_non_exhaustive()
    }
}

/// Only says, where an action is awaited outside a flow, what to do instead.
#[diagnostic::on_unimplemented(
    message = "the action `{Self}` is awaited outside a flow",
    label = "an action can be awaited only in a `#[flow]`",
    note = "a call of an action only says what to run: the engine runs it for a flow, and stores its result",
    note = "await it in a `#[flow]`, or write `#[flow]` above the function in which it is awaited; or run its body here with `{Self}::run(..)`, which neither tries again nor stores"
)]
pub trait AwaitedInFlow {}

/// Never available: it is there for the message of [`AwaitedInFlow`].
impl<A: Action + AwaitedInFlow> Future for ActionCall<A> {
    type Output = A::Output;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<A::Output> {
        unreachable!("nothing implements `AwaitedInFlow`")
    }
}

#[diagnostic::do_not_recommend]
impl<A: Action> Op for ActionCall<A> {
    type Output = A::Output;

    fn start(self, cx: &mut Cx) -> Progress<A::Output> {
        Ok(cx.request(Wait::Action(self.request()?)))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<A::Output> {
        cx.value_of(waiting, "an action's result", |payload| {
            A::reply().decode(payload)
        })
    }

    const IS_CHILD: bool = true;

    fn member(self) -> Result<Member, Fault> {
        let callee = const { A::DEF.name };
        let call = Spawned::arguments(&self.request()?);
        call.map(Member::Call)
            .map_err(|source| Fault::EncodeArguments { callee, source })
    }

    fn of_end(end: Result<Payload, JoinError>, cx: &Cx) -> Result<A::Output, Fault> {
        let (flow, label) = (cx.site().flow, cx.site().label);
        let payload = end.map_err(|error| Fault::Lost { flow, label, error })?;
        let output = A::reply().decode(&payload);
        output.map_err(|source| Fault::DecodeOutcome {
            flow,
            label,
            source,
        })
    }
}

impl<A: Action> Deferrable for ActionCall<A> {
    fn held(self) -> Result<Bytes, Fault> {
        unreachable!("where many are awaited calls of actions are children")
    }
}
