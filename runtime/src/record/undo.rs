//! What undoes a step, if the instance fails.

use std::sync::Arc;

use super::hot::Name;
use crate::machine::ActionRequest;
use crate::payload::Fields;

/// A call that undoes a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// Of an action.
    Action(Arc<ActionRequest>),
    /// Of a flow, which is spawned for it.
    Flow {
        /// The flow's name.
        flow: Name,
        /// The flow's version.
        version: u32,
        /// What it is called with.
        arguments: Fields,
    },
}

impl Undo {
    /// The name of the action or flow.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Action(request) => &request.action,
            Self::Flow { flow, .. } => flow,
        }
    }
}
