//! Children that a step has spawned and that are not started yet: a step that spawns
//! thousands starts the first with itself, and the others in the transactions after it.

use super::hot::Name;
use crate::ids::{InstanceId, LeafId};
use crate::payload::Fields;

/// A child that is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unborn {
    /// Its id.
    pub id: InstanceId,
    /// The name of its flow.
    pub flow: Name,
    /// The version of its flow.
    pub version: u32,
    /// The leaf of its parent that waits for it and for others.
    pub enlisted: Option<LeafId>,
    /// What it is called with.
    pub arguments: Fields,
}
