//! Errors of running a flow again from an earlier state.

use std::sync::Arc;

use crate::engine::Refusal;
use crate::ids::{InstanceId, InvalidId};
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(RerunError);

/// Why no instance was started at an earlier state of another one.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum RerunError {
    /// One of the ids is none.
    #[error(transparent)]
    InvalidId(#[from] InvalidId),
    /// No instance has the id.
    #[error("there is no instance `{id}`")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// It waited there for children or for an answer of the engine, which are its own.
    #[error(
        "`{id}` waited at `{label}` for children of its own, or for an answer of the engine: \
         from there it cannot be run again; {}",
        known(recorded)
    )]
    WaitedForItsOwn {
        /// The instance.
        id: InstanceId,
        /// The label.
        label: String,
        /// The labels of states from which it can, the last one first.
        recorded: Vec<String>,
    },
    /// No such state of it is recorded.
    #[error("no state `{label}` of `{id}` is recorded; {}", known(recorded))]
    NotRecorded {
        /// The instance.
        id: InstanceId,
        /// The label.
        label: String,
        /// The labels of states from which it can be run again, the last one first.
        recorded: Vec<String>,
    },
    /// There is an instance of the new id already, maybe by the same call.
    #[error("there is an instance `{id}` already; choose another id")]
    InUse {
        /// The id.
        id: InstanceId,
    },
    /// The store failed. Whether the new instance was started is not known.
    #[error("the store failed: {0}; try again")]
    Store(#[source] Arc<StoreError>),
    /// The engine has stopped.
    #[error("the engine has stopped")]
    Stopped,
}

fn known(recorded: &[String]) -> String {
    if recorded.is_empty() {
        return "there are none: set `Builder::keep_states`, and have a journal kept".to_owned();
    }
    let labels: Vec<String> = recorded.iter().map(|label| format!("`{label}`")).collect();
    format!("there are {}", labels.join(", "))
}

impl RerunError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Store(error) if super::may_pass(error))
    }

    pub(in crate::client) fn new(id: &InstanceId, refusal: Refusal) -> Self {
        match refusal {
            Refusal::Store(error) => Self::Store(error),
            Refusal::Stopped => Self::Stopped,
            _ => Self::InUse { id: id.clone() },
        }
    }
}
