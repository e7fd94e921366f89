//! Errors of ending an instance from outside.

use std::sync::Arc;

use crate::engine::Refusal;
use crate::ids::{InstanceId, InvalidId};
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(CancelError);

/// Why an instance was not cancelled or terminated.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum CancelError {
    /// The id is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance has ended otherwise.
    #[error("`{id}` has ended before")]
    Ended {
        /// The id.
        id: InstanceId,
    },
    /// The store failed. Whether it took effect is not known; doing it again is
    /// harmless.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped")]
    Stopped,
}

impl CancelError {
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
            Refusal::Ended => Self::Ended { id },
            _ => Self::Unknown { id },
        }
    }
}
