//! Errors of reading what a flow put, and what it keeps.

use std::sync::Arc;

use super::LookError;
use crate::codec::DecodeError;
use crate::engine::Refusal;
use crate::ids::{DataKey, InstanceId, InvalidKey};
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(DataError, LocalError);

/// Why a value that a flow put, or its status, could not be had.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// The key is none.
    #[error(transparent)]
    InvalidKey(#[from] InvalidKey),
    /// No instance has the id.
    #[error("there is no instance `{id}`; it was never started, or was deleted or purged")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance has ended, and there is no such value.
    #[error("`{id}` has ended without a value of `{key}`")]
    Ended {
        /// The id.
        id: InstanceId,
        /// The key.
        key: String,
    },
    /// The value is not of the type that was asked for.
    #[error("{what} of `{id}` cannot be read: {source}")]
    Decode {
        /// The id.
        id: InstanceId,
        /// Which value.
        what: String,
        /// What the type's `Deserialize` said.
        source: DecodeError,
    },
    /// The store failed.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped. The instance goes on with the next one.
    #[error("the engine has stopped; ask another one")]
    Stopped,
}

impl DataError {
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

    pub(in crate::client) fn decode(id: &InstanceId, name: &DataKey, source: DecodeError) -> Self {
        let (id, what) = (id.clone(), name.to_string());
        Self::Decode { id, what, source }
    }
}

/// Why a local could not be had.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// The instance cannot be looked at.
    #[error(transparent)]
    Look(#[from] LookError),
    /// Nothing of that name is kept where the instance stands.
    #[error("`{id}` keeps no `{name}` where it stands{}", but(kept))]
    NotKept {
        /// The id.
        id: InstanceId,
        /// The name.
        name: String,
        /// What is kept there.
        kept: Vec<String>,
    },
}

impl LocalError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Look(error) => error.is_retryable(),
            Self::NotKept { .. } => false,
        }
    }
}

fn but(kept: &[String]) -> String {
    if kept.is_empty() {
        return ", nor anything else".to_owned();
    }
    let names: Vec<String> = kept.iter().map(|name| format!("`{name}`")).collect();
    format!(", but {}", names.join(", "))
}
