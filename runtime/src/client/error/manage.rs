//! Errors of sending to an instance, managing it, and looking at it.

use std::sync::Arc;

use crate::codec::EncodeError;
use crate::engine::Refusal;
use crate::ids::{InstanceId, InvalidId};
use crate::record::{ParkReason, Status};
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(SendError, RetryError, SkipError, DeleteError, LookError);

/// Why a message was not sent.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// The message could not be encoded.
    #[error("the message for `{channel}` could not be encoded: {source}")]
    Encode {
        /// The channel.
        channel: &'static str,
        /// What its `Serialize` said.
        source: EncodeError,
    },
    /// The message is over the limit.
    #[error(
        "the message for `{channel}` has {size_bytes} bytes, the limit is {limit_bytes}; keep \
         large data elsewhere and send a reference, or raise `max_value_bytes`"
    )]
    TooLarge {
        /// The channel.
        channel: &'static str,
        /// The message's encoded size.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// No instance has the id.
    #[error("there is no instance `{id}`; start it before sending to it")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance has ended and takes no messages.
    #[error("`{id}` has finished; the message was not taken")]
    Finished {
        /// The id.
        id: InstanceId,
    },
    /// The store failed. Whether the message was taken is not known: sending it
    /// again may make it arrive twice.
    #[error("the store failed: {0}; whether the message was taken is not known")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped; the message was not taken")]
    Stopped,
}

impl SendError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            Refusal::Ended => Self::Finished { id: id.clone() },
            _ => Self::Unknown { id: id.clone() },
        }
    }
}

/// Why a parked instance was not retried.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum RetryError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance is not parked: there is nothing to retry.
    #[error("`{id}` is not parked, it is {status}")]
    NotParked {
        /// The id.
        id: InstanceId,
        /// What it is doing.
        status: Status,
    },
    /// The store failed.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped")]
    Stopped,
}

impl RetryError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        let id = id.clone();
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            Refusal::NotParked(status) => Self::NotParked { id, status },
            _ => Self::Unknown { id },
        }
    }
}

/// Why no message was skipped.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum SkipError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance is not parked: it takes its messages.
    #[error("`{id}` is not parked, it is {status}; no message was dropped")]
    NotParked {
        /// The id.
        id: InstanceId,
        /// What it is doing.
        status: Status,
    },
    /// The instance is parked, but no message is to blame: none was dropped.
    #[error("`{id}` is not parked because of a message, so none was dropped: {reason}")]
    NoMessage {
        /// The id.
        id: InstanceId,
        /// Why it is parked.
        reason: Box<ParkReason>,
    },
    /// The store failed.
    #[error("the store failed: {0}; look at the instance before you try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped")]
    Stopped,
}

impl SkipError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        let id = id.clone();
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            Refusal::NotParked(status) => Self::NotParked { id, status },
            Refusal::NoMessage(reason) => Self::NoMessage { id, reason },
            _ => Self::Unknown { id },
        }
    }
}

/// Why an instance was not deleted.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum DeleteError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance is neither finished nor parked.
    #[error("`{id}` is {status}; wait for its end, or use `force_delete`")]
    Live {
        /// The id.
        id: InstanceId,
        /// What it is doing.
        status: Status,
    },
    /// The store failed.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped")]
    Stopped,
}

impl DeleteError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        let id = id.clone();
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            Refusal::Live(status) => Self::Live { id, status },
            _ => Self::Unknown { id },
        }
    }
}

/// Why an instance cannot be looked at.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum LookError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`; it was never started, or was deleted or purged")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
}

impl LookError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::InvalidId(_) | Self::Unknown { .. } => false,
        }
    }
}
