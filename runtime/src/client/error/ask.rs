//! Errors of asking an instance.

use super::SendError;
use crate::codec::DecodeError;
use crate::engine::Refusal;
use crate::ids::InstanceId;
use crate::report::debug_as_text;

debug_as_text!(AskError);

/// Why there is no answer.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// The question was not taken.
    #[error(transparent)]
    NotSent(#[from] SendError),
    /// The instance ended without an answer, before it had the question or after.
    #[error("`{id}` has ended without an answer")]
    Ended {
        /// The id.
        id: InstanceId,
    },
    /// The answer is not of the type that was asked for.
    #[error("the answer of `{id}` cannot be read: {source}")]
    Decode {
        /// The instance.
        id: InstanceId,
        /// What the type's `Deserialize` said.
        source: DecodeError,
    },
}

impl AskError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::NotSent(error) => error.is_retryable(),
            Self::Ended { .. } | Self::Decode { .. } => false,
        }
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        match refusal {
            Refusal::Ended => Self::Ended { id: id.clone() },
            refusal => Self::NotSent(SendError::new(id, refusal)),
        }
    }
}
