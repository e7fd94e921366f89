//! Errors of starting an instance and of waiting for its result.

use std::sync::Arc;

use crate::codec::{DecodeError, EncodeError};
use crate::engine::Refusal;
use crate::ids::{InstanceId, InvalidId};
use crate::machine::Fault;
use crate::record::Finding;
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(StartError, ResultError, RunError);

/// Why an instance was not started or attached to.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// An argument could not be encoded.
    #[error(transparent)]
    Arguments(#[from] Fault),
    /// An argument is over the limit.
    #[error(
        "argument `{name}` of {flow} has {size_bytes} bytes, the limit is {limit_bytes}; keep \
         large data elsewhere and pass a reference, or raise `max_value_bytes`"
    )]
    TooLarge {
        /// The flow.
        flow: &'static str,
        /// The parameter.
        name: String,
        /// Its encoded size.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// The engine does not know the flow.
    #[error(
        "the engine has no flow `{types}`; link the crate that defines it, and if it is generic, \
         register it for these types: `flowstone::register_flow!({flow}<..>);`"
    )]
    UnknownFlow {
        /// The flow.
        flow: &'static str,
        /// The flow with its types.
        types: &'static str,
    },
    /// The id belongs to an instance of another flow.
    #[error("`{id}` is an instance of {running}, not of {wanted}; choose another id")]
    OtherFlow {
        /// The id.
        id: InstanceId,
        /// The flow of the instance.
        running: String,
        /// The flow of the call.
        wanted: &'static str,
    },
    /// The id belongs to an instance with other arguments.
    #[error(
        "`{id}` was started with another `{name}`: {stored}, not {given}; choose another id, or \
         delete that instance first"
    )]
    OtherArgument {
        /// The id.
        id: InstanceId,
        /// The first parameter that differs.
        name: String,
        /// Its value in the instance, as JSON, shortened.
        stored: String,
        /// Its value in the call, as JSON, shortened.
        given: String,
    },
    /// A first message could not be encoded.
    #[error("the message for `{channel}` could not be encoded: {source}")]
    Message {
        /// The channel.
        channel: &'static str,
        /// What its `Serialize` said.
        source: EncodeError,
    },
    /// A first message is over the limit.
    #[error(
        "the message for `{channel}` has {size_bytes} bytes, the limit is {limit_bytes}; keep \
         large data elsewhere and send a reference, or raise `max_value_bytes`"
    )]
    LargeMessage {
        /// The channel.
        channel: &'static str,
        /// The message's encoded size.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// The id belongs to an instance that has ended, and `Reuse::Live` was asked for.
    #[error("`{id}` has ended; choose another id, or start it with `Reuse::Replace`")]
    Ended {
        /// The id.
        id: InstanceId,
    },
    /// The store failed. Whether the instance was started is not known; the
    /// same call finds out.
    #[error("the store failed: {0}; try again, the same call starts nothing twice")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped; the call can be repeated on another one")]
    Stopped,
}

impl StartError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }
}

/// Why a result could not be had.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// No instance has the id: it was never started, deleted, or purged.
    #[error("there is no instance `{id}`; it was never started, or was deleted or purged")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The result is not of the type that was asked for.
    #[error("the result of `{id}` cannot be read: {source}")]
    Decode {
        /// The id.
        id: InstanceId,
        /// What the type's `Deserialize` said.
        source: DecodeError,
    },
    /// The instance was cancelled.
    #[error("`{id}` was cancelled: {reason}")]
    Cancelled {
        /// The id.
        id: InstanceId,
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// The instance was terminated.
    #[error("`{id}` was terminated: {reason}")]
    Terminated {
        /// The id.
        id: InstanceId,
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// A test that checks segments found that the flow is not deterministic; the
    /// instance is parked. `testing::check_segments` asks for that.
    #[error("instance `{id}` is parked: {finding}")]
    NotDeterministic {
        /// The id.
        id: InstanceId,
        /// What was found.
        finding: Box<Finding>,
    },
    /// The store failed.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped. The instance goes on with the next one.
    #[error("the engine has stopped; ask another one for the result")]
    Stopped,
}

impl ResultError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            _ => Self::Unknown { id: id.clone() },
        }
    }
}

/// Why a flow was not run to its end.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// It was not started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Its result could not be had.
    #[error(transparent)]
    Result(#[from] ResultError),
}

impl RunError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Start(error) => error.is_retryable(),
            Self::Result(error) => error.is_retryable(),
        }
    }
}
