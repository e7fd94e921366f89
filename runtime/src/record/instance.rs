//! The part of an instance that does not change from step to step.
//!
//! Written when the instance starts and again when it ends.

use std::sync::Arc;

use crate::ids::{InstanceId, InstanceKey};
use crate::payload::{Fields, Payload};
use crate::time::Timestamp;

/// What an instance is a run of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The id that its starter chose.
    pub id: InstanceId,
    /// The flow's name.
    pub flow: Arc<str>,
    /// The flow's version when the instance started.
    pub version: u32,
    /// The arguments it was started with.
    pub arguments: Fields,
    /// When it was started.
    pub created_at: Timestamp,
    /// What its random values are drawn from.
    pub seed: u64,
    /// Who spawned it, if it was a flow.
    pub parent: Option<Parent>,
    /// How it ended, once it has.
    pub end: Option<Ended>,
}

/// The instance that spawned another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its key.
    pub key: InstanceKey,
    /// Its id.
    pub id: InstanceId,
    /// The first ancestor, which no flow spawned.
    pub root: InstanceId,
    /// Whether the child goes on when its parent ends.
    pub detached: bool,
}

impl Instance {
    /// What its flow returned, if it has.
    #[must_use]
    pub fn result(&self) -> Option<&Payload> {
        self.end.as_ref()?.how.result()
    }

    /// The parent, if it ends this child when it ends itself.
    #[must_use]
    pub fn attached_to(&self) -> Option<&Parent> {
        self.parent.as_ref().filter(|parent| !parent.detached)
    }

    /// The name and version of its flow.
    #[must_use]
    pub fn of(&self) -> (&str, u32) {
        (&self.flow, self.version)
    }
}

/// The end of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// How.
    pub how: Ending,
}

/// How an instance ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// Its flow returned this.
    Returned(Payload),
    /// It was cancelled: what was to be undone is.
    Cancelled {
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// It was terminated, whatever it did.
    Terminated {
        /// Why, in the words of whoever did it.
        reason: String,
    },
}

impl Ending {
    /// What the flow returned.
    #[must_use]
    pub fn result(&self) -> Option<&Payload> {
        match self {
            Self::Returned(payload) => Some(payload),
            Self::Cancelled { .. } | Self::Terminated { .. } => None,
        }
    }
}
