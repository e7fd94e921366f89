//! The part of an instance that does not change from step to step.
//!
//! Written when the instance starts and again when it ends.

use std::sync::Arc;

use crate::ids::InstanceId;
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
    /// How it ended, once it has.
    pub end: Option<Ended>,
}

impl Instance {
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
    /// What the flow returned.
    pub result: Payload,
}
