//! What a segment says without waiting: it takes effect with the step.

use std::any::TypeId;

use super::undo::Undoing;
use crate::ids::{DataKey, InstanceId};
use crate::payload::{Fields, Payload};

/// Something that a flow said in a segment, besides what it waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Aside {
    /// Start a child.
    Spawn(Spawn),
    /// Let a child go on when its parent ends.
    Detach {
        /// The child.
        child: InstanceId,
    },
    /// Cancel a child.
    Cancel {
        /// The child.
        child: InstanceId,
        /// Why.
        reason: String,
    },
    /// Call this if the flow fails.
    OnFailure(Undoing),
    /// Forget what was to be called if the flow fails.
    Keep,
    /// Answer a question.
    Answer {
        /// Who asked.
        asker: u64,
        /// The answer.
        answer: Payload,
    },
    /// Keep a value, in place of the one of before.
    Put {
        /// Which value.
        name: DataKey,
        /// The value.
        value: Payload,
    },
    /// Forget a value.
    Remove {
        /// Which value.
        name: DataKey,
    },
    /// Something whose arguments could not be encoded.
    Unsaid {
        /// What is wrong.
        problem: String,
    },
}

impl Aside {
    /// Who says it, in the module `flow`.
    pub(super) fn builtin(&self) -> &'static str {
        match self {
            Self::Spawn(_) => "spawn",
            Self::Detach { .. } => "Handle::detach",
            Self::Cancel { .. } => "Handle::cancel",
            Self::OnFailure(_) => "on_failure",
            Self::Keep => "keep",
            Self::Answer { .. } => "Question::answer",
            Self::Put { name, .. } if name.is_status() => "set_status",
            Self::Put { .. } => "put",
            Self::Remove { .. } => "remove",
            Self::Unsaid { .. } => "put`, `set_status`, `on_failure` or `spawn",
        }
    }
}

/// A child to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct Spawn {
    /// Its id.
    pub id: InstanceId,
    /// The type of its machine.
    pub machine: TypeId,
    /// That type, for people.
    pub types: &'static str,
    /// What it is called with.
    pub arguments: Fields,
}
