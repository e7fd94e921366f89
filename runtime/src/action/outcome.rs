//! What an attempt of an action came to.
//!
//! A macro sees no types: whether an action returns a `Result`, and whether
//! its error can stand for a time-out, is found by the autoref technique
//! (method resolution prefers the impl that needs fewer references).

use std::marker::PhantomData;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::codec::{DecodeError, EncodeError};
use crate::durable::Durable;
use crate::payload::Payload;

/// What one attempt came to.
#[derive(Debug)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// It returned a value, or `Ok`.
    Returned(Payload),
    /// It returned `Err`.
    Failed {
        /// The encoded return value.
        payload: Payload,
        /// Whether another attempt may help: what `retry_if` said, else true.
        retry: bool,
    },
    /// Its arguments could not be decoded.
    BadArguments {
        /// The parameter.
        parameter: &'static str,
        /// Why; `None` when the argument is missing.
        source: Option<DecodeError>,
    },
    /// Its return value could not be encoded.
    BadResult(EncodeError),
    /// A dependency is missing.
    MissingDep(super::MissingDep),
}

/// A failure of an action that has no `Err` of the action's own.
///
/// An action whose error type is `From<ActionFailure>` gives it to the flow
/// when its attempts are used up; else the instance is parked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ActionFailure {
    /// The last attempt took longer than `timeout`.
    #[error("the attempt took longer than {limit:?}")]
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// All attempts together took longer than `total_timeout`.
    #[error("the attempts together took longer than {limit:?}")]
    TotalTimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The last attempt panicked.
    #[error("the attempt panicked: {message}")]
    Panicked {
        /// The panic's message.
        message: String,
    },
    /// The process ended during the last attempt.
    #[error("the process ended during the attempt")]
    Interrupted,
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

/// Actions that return a `Result`.
pub trait ViaResult {
    /// The whole return type.
    type Reply;
    /// Its error.
    type Error;
    /// Encodes it, asking `retry_if` about an `Err`.
    fn attempt(&self, reply: Self::Reply, retry_if: fn(&Self::Error) -> bool) -> AttemptOutcome;
}

impl<T: Durable, E: Durable> ViaResult for &ReplyTag<Result<T, E>> {
    type Reply = Result<T, E>;
    type Error = E;

    fn attempt(&self, reply: Result<T, E>, retry_if: fn(&E) -> bool) -> AttemptOutcome {
        match (Payload::encode(&reply), reply) {
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
    fn attempt(&self, reply: Self::Reply, retry_if: fn(&Self::Error) -> bool) -> AttemptOutcome;
}

impl<T: Durable> ViaValue for ReplyTag<T> {
    type Reply = T;
    type Error = std::convert::Infallible;

    fn attempt(&self, reply: T, _: fn(&Self::Error) -> bool) -> AttemptOutcome {
        Payload::encode(&reply).map_or_else(AttemptOutcome::BadResult, AttemptOutcome::Returned)
    }
}

/// Actions whose error can stand for an [`ActionFailure`].
pub trait ViaFailure {
    /// The encoded `Err`.
    fn failed(&self, failure: ActionFailure) -> Option<Payload>;
}

impl<T: Durable, E: Durable + From<ActionFailure>> ViaFailure for &ReplyTag<Result<T, E>> {
    fn failed(&self, failure: ActionFailure) -> Option<Payload> {
        Payload::encode(&Err::<T, E>(failure.into())).ok()
    }
}

/// All others.
pub trait ViaNoFailure {
    /// Nothing.
    fn failed(&self, failure: ActionFailure) -> Option<Payload>;
}

impl<T> ViaNoFailure for ReplyTag<T> {
    fn failed(&self, _: ActionFailure) -> Option<Payload> {
        None
    }
}
