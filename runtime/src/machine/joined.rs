//! Why a child of a flow has no result.

use serde::{Deserialize, Serialize};

use crate::ids::InstanceId;
use crate::report::debug_as_text;

debug_as_text!(JoinError);

/// Why what a flow spawned brings no value.
///
/// What a child flow returns, an `Err` too, is a value.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum JoinError {
    /// It was cancelled.
    #[error("it was cancelled: {reason}")]
    Cancelled {
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// It was terminated.
    #[error("it was terminated: {reason}")]
    Terminated {
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// It was never started: its id belonged to another instance.
    #[error(
        "`{id}` is no child of this instance: the id was taken before (choose another), or it is \
         a child of the one from which this was run again"
    )]
    IdTaken {
        /// The id.
        id: InstanceId,
    },
    /// It was deleted, or its result was taken before.
    #[error("there is no instance `{id}` any more")]
    Gone {
        /// Its id.
        id: InstanceId,
    },
}
