//! What an action returns: encoded when an attempt ends, decoded in the flow.
//!
//! A macro sees no types: whether an action returns a `Result`, and whether
//! its error can stand for a time-out, is found by the autoref technique
//! (method resolution prefers the impl that needs fewer references). What the
//! types must be is demanded in one place, where the tie is made, so that a
//! mistake is told once.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use super::{ActionFailure, AttemptOutcome, Policy};
use crate::codec::{DecodeError, EncodeError};
use crate::durable::Durable;
use crate::payload::Payload;

/// A value that an action can return.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of an action",
    label = "cannot be stored",
    note = "the result of an action is stored, so that the action does not run again once it has ended; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`",
    note = "an `Err` is stored as well: instead of `Box<dyn Error>`, `std::io::Error` and the like, use an \
            enum or a struct of your own"
)]
pub trait Reply: Sized {
    /// How it is encoded and decoded.
    #[doc(hidden)]
    const TIE: ReplyTie<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Reply for T {
    const TIE: ReplyTie<T> = ReplyTie::durable();
}

/// How the result of an action is encoded and decoded.
pub struct ReplyTie<T> {
    encode: fn(&T) -> Result<Payload, EncodeError>,
    decode: fn(&Payload) -> Result<T, DecodeError>,
}

impl<T> Clone for ReplyTie<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ReplyTie<T> {}

impl<T> fmt::Debug for ReplyTie<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyTie")
    }
}

impl<T> ReplyTie<T> {
    #[cfg(feature = "testing")]
    pub(crate) fn encode(&self, reply: &T) -> Result<Payload, EncodeError> {
        (self.encode)(reply)
    }

    pub(super) fn decode(&self, payload: &Payload) -> Result<T, DecodeError> {
        (self.decode)(payload)
    }

    const fn durable() -> Self
    where
        T: Durable,
    {
        Self {
            encode: Payload::encode,
            decode: Payload::decode,
        }
    }
}

/// Carries the return type of an action to the impl that fits it.
#[derive(Debug)]
pub struct ReplyTag<T>(PhantomData<fn() -> T>);

impl<T> ReplyTag<T> {
    /// The tag of `T`.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// Return types that can be stored.
pub trait ViaStorable {
    /// The type.
    type Reply;
    /// How it is stored.
    fn tie(&self) -> ReplyTie<Self::Reply>;
}

impl<T: Durable> ViaStorable for &ReplyTag<T> {
    type Reply = T;

    fn tie(&self) -> ReplyTie<T> {
        ReplyTie::durable()
    }
}

/// A `Result` that cannot: that is told of what is in it.
pub trait ViaRefused {
    /// The type.
    type Reply;
    /// Nothing is told here.
    fn tie(&self) -> ReplyTie<Self::Reply> {
        unreachable!("an action with an error does not run")
    }
}

impl<T> ViaRefused for ReplyTag<T> {
    type Reply = T;
}

/// A return type whose error `retry_if` can look at.
#[diagnostic::on_unimplemented(
    message = "`retry_if` has no error to look at: this action returns no `Result`",
    label = "`{Self}` is no `Result`",
    note = "return a `Result`, or leave `retry_if` out"
)]
pub trait Fallible {
    /// What it looks at.
    type Error;
}

impl<T, E> Fallible for Result<T, E> {
    type Error = E;
}

/// Demands that an action with `retry_if` returns a `Result`, and that the
/// function takes its error.
#[must_use]
pub const fn retry_if<R: Fallible>(function: fn(&R::Error) -> bool) -> fn(&R::Error) -> bool {
    function
}

/// A return type that can tell a flow of an [`ActionFailure`].
#[diagnostic::on_unimplemented(
    message = "an action that runs at most once must be able to say that it was interrupted",
    label = "`{Self}` is no `Result` whose error can be made from an `ActionFailure`",
    note = "when the process ends in the middle of it nobody knows what it did, and it is not run again: \
            the flow gets an `Err`",
    note = "return a `Result<_, Error>`, and write `impl From<ActionFailure> for Error`; \
            or return a `Result<_, ActionFailure>`"
)]
pub trait Interruptible {}

#[diagnostic::do_not_recommend]
impl<T, E: From<ActionFailure>> Interruptible for Result<T, E> {}

/// The policy of an action that runs at most once, and returns this.
#[must_use]
pub const fn at_most_once<R: Interruptible>(policy: Policy) -> Policy {
    policy.at_most_once()
}

/// Actions that return a `Result`.
pub trait ViaResult {
    /// The whole return type.
    type Reply;
    /// Its error.
    type Error;
    /// Encodes it, asking `retry_if` about an `Err`.
    fn attempt(
        &self,
        reply: Self::Reply,
        tie: ReplyTie<Self::Reply>,
        retry_if: fn(&Self::Error) -> bool,
    ) -> AttemptOutcome;
}

impl<T, E> ViaResult for &ReplyTag<Result<T, E>> {
    type Reply = Result<T, E>;
    type Error = E;

    fn attempt(
        &self,
        reply: Result<T, E>,
        tie: ReplyTie<Result<T, E>>,
        retry_if: fn(&E) -> bool,
    ) -> AttemptOutcome {
        match ((tie.encode)(&reply), reply) {
            (Err(source), _) => AttemptOutcome::BadResult(source),
            (Ok(payload), Ok(_)) => AttemptOutcome::Returned(payload),
            (Ok(payload), Err(error)) => AttemptOutcome::Failed {
                payload,
                retry: retry_if(&error),
            },
        }
    }
}

/// Actions that return anything else.
pub trait ViaValue {
    /// The return type.
    type Reply;
    /// There is no error: `retry_if` has nothing to look at.
    type Error;
    /// Encodes it.
    fn attempt(
        &self,
        reply: Self::Reply,
        tie: ReplyTie<Self::Reply>,
        retry_if: fn(&Self::Error) -> bool,
    ) -> AttemptOutcome;
}

impl<T> ViaValue for ReplyTag<T> {
    type Reply = T;
    type Error = Infallible;

    fn attempt(&self, reply: T, tie: ReplyTie<T>, _: fn(&Infallible) -> bool) -> AttemptOutcome {
        (tie.encode)(&reply).map_or_else(AttemptOutcome::BadResult, AttemptOutcome::Returned)
    }
}

/// Actions whose error can stand for an [`ActionFailure`].
pub trait ViaFailure {
    /// The whole return type.
    type Reply;
    /// The encoded `Err`.
    fn failed(&self, failure: ActionFailure, tie: ReplyTie<Self::Reply>) -> Option<Payload>;
}

impl<T, E: From<ActionFailure>> ViaFailure for &ReplyTag<Result<T, E>> {
    type Reply = Result<T, E>;

    fn failed(&self, failure: ActionFailure, tie: ReplyTie<Result<T, E>>) -> Option<Payload> {
        (tie.encode)(&Err(failure.into())).ok()
    }
}

/// All others.
pub trait ViaNoFailure {
    /// The whole return type.
    type Reply;
    /// Nothing.
    fn failed(&self, failure: ActionFailure, tie: ReplyTie<Self::Reply>) -> Option<Payload>;
}

impl<T> ViaNoFailure for ReplyTag<T> {
    type Reply = T;

    fn failed(&self, _: ActionFailure, _: ReplyTie<T>) -> Option<Payload> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Timed(String);

    impl From<ActionFailure> for Timed {
        fn from(failure: ActionFailure) -> Self {
            Self(failure.to_string())
        }
    }

    #[test]
    fn an_err_is_a_failure_and_asks_whether_to_retry() {
        let tag = ReplyTag::<Result<u8, u8>>::new();
        let tie = Reply::TIE;
        let retry = |reply| match (&&tag).attempt(reply, tie, |error| *error == 1) {
            AttemptOutcome::Failed { retry, .. } => Some(retry),
            _ => None,
        };
        assert_eq!(
            [retry(Ok(0)), retry(Err(1)), retry(Err(2))],
            [None, Some(true), Some(false)]
        );
    }

    #[test]
    fn anything_else_is_returned_as_it_is() {
        let tag = ReplyTag::<Option<u8>>::new();
        match tag.attempt(None, Reply::TIE, |_| true) {
            AttemptOutcome::Returned(payload) => {
                assert_eq!(payload.decode::<Option<u8>>().unwrap(), None);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_an_error_made_from_a_failure_can_stand_for_one() {
        let tag = ReplyTag::<Result<u8, Timed>>::new();
        let payload = (&&tag)
            .failed(ActionFailure::Interrupted, Reply::TIE)
            .unwrap();
        let expected = Timed(ActionFailure::Interrupted.to_string());
        assert_eq!(
            payload.decode::<Result<u8, Timed>>().unwrap(),
            Err(expected)
        );
        let plain = ReplyTag::<Result<u8, String>>::new();
        assert_eq!(plain.failed(ActionFailure::Interrupted, Reply::TIE), None);
    }
}
