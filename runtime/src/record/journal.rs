//! The journal: what an instance did, for people; never read to recover.
//!
//! Rows of all instances lie in one global order, each naming the one before
//! it of the same instance.

use std::sync::Arc;

use super::hot::Name;
use super::recorded::Recorded;
use crate::ids::{InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::time::Timestamp;

/// The number of a journal row in its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JournalSeq(pub u64);

/// One row of the journal.
///
/// Displayed as a line for people. Long values are cut; `{:#}` shows them
/// whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The instance.
    pub key: InstanceKey,
    /// The instance's row before this one.
    pub previous: Option<JournalSeq>,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub what: Happening,
}

/// What can happen to an instance.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Happening {
    /// It was started.
    Started,
    /// An action brought its outcome.
    Action {
        /// The action's name.
        action: Name,
        /// The flow that holds the `.await`, if the instance's own calls it.
        flow: Option<Name>,
        /// The label of the `.await`.
        label: Name,
        /// How many attempts it took.
        attempts: u32,
        /// When it was asked for.
        since: Timestamp,
        /// The outcome.
        outcome: Brought,
    },
    /// An attempt failed and another follows.
    Attempt {
        /// The action's name.
        action: Name,
        /// The attempt's number.
        attempt: u32,
        /// What it came to.
        error: Brought,
    },
    /// A timer fired.
    Timer {
        /// The flow that holds the `.await`, if the instance's own calls it.
        flow: Option<Name>,
        /// The label of the `.await`.
        label: Name,
    },
    /// A message was received.
    Message {
        /// The flow that received it, if the instance's own calls it.
        flow: Option<Name>,
        /// The channel.
        channel: Arc<str>,
        /// The message.
        message: Brought,
    },
    /// A message with which it was parked was given up: `skip_message`.
    Skipped {
        /// The channel.
        channel: Arc<str>,
        /// The message.
        message: Brought,
    },
    /// It was parked.
    Parked {
        /// Why.
        reason: String,
    },
    /// Somebody called `retry`.
    Retried,
    /// It went on after the process had ended.
    Recovered,
    /// It ended; the result is in the instance.
    Finished,
    /// It began again, on this version of its flow.
    Restarted {
        /// The version.
        version: u32,
    },
    /// It waits in this state, from which it can be run again: `rerun_from`.
    Reached {
        /// The state.
        state: Box<Recorded>,
    },
    /// It was started where another instance was.
    Rerun {
        /// The other one.
        of: InstanceId,
        /// The label of the state.
        label: Name,
    },
    /// A child of it was started.
    Spawned {
        /// The child.
        child: InstanceId,
    },
    /// A child of it ended, and it was told.
    ChildEnded {
        /// The child.
        child: InstanceId,
        /// The child's result, or why there is none.
        outcome: Brought,
    },
    /// Many children were waited for at once, and enough of them have ended.
    ChildrenEnded {
        /// So many have ended.
        ended: u64,
        /// So many there were.
        of: u64,
    },
    /// Somebody cancelled it.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Somebody terminated it.
    Terminated {
        /// Why.
        reason: String,
    },
}

/// A value in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// The value.
    Value(Payload),
    /// Words instead of a value.
    Text(String),
    /// A value too large for the journal; only its size is noted.
    Omitted {
        /// Its encoded size.
        size_bytes: u64,
    },
}

impl Happening {
    /// How many bytes its value has.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        match self {
            Self::Action { outcome: value, .. }
            | Self::Attempt { error: value, .. }
            | Self::Message { message: value, .. }
            | Self::Skipped { message: value, .. }
            | Self::ChildEnded { outcome: value, .. } => match value {
                Brought::Value(value) => value.bytes().len(),
                Brought::Text(text) => text.len(),
                Brought::Omitted { .. } => 0,
            },
            Self::Parked { reason } | Self::Cancelled { reason } | Self::Terminated { reason } => {
                reason.len()
            }
            Self::Reached { state } => state.hot.frame.len(),
            Self::Started
            | Self::Rerun { .. }
            | Self::Restarted { .. }
            | Self::Spawned { .. }
            | Self::ChildrenEnded { .. }
            | Self::Timer { .. }
            | Self::Retried
            | Self::Recovered
            | Self::Finished => 0,
        }
    }
}

impl Brought {
    /// Values above this size, in bytes, are left out of the journal.
    pub const MAX_BYTES: usize = 16 * 1024;

    /// The value, or its size.
    #[must_use]
    pub fn of(value: &Payload) -> Self {
        if value.bytes().len() <= Self::MAX_BYTES {
            Self::Value(value.clone())
        } else {
            Self::Omitted {
                size_bytes: u64::try_from(value.bytes().len()).unwrap_or(u64::MAX),
            }
        }
    }
}
