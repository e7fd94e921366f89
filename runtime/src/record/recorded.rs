//! A state as the journal records it, so that a flow can be run again from it.

use std::sync::Arc;

use super::chunk::Chunks;
use super::datum::Datum;
use super::hot::{Hot, JournalTail, Name, Phase};
use super::leaf::{Leaf, LeafWait};
use crate::ids::DataKey;

/// A state in which an instance waited.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The version of the flow.
    pub version: u32,
    /// The state, with the whole frame; without messages, which stay where they are.
    pub hot: Arc<Hot>,
    /// What the step that led to it put, or removed.
    pub values: Vec<(DataKey, Option<Datum>)>,
}

impl Recorded {
    /// Of an instance that is in this state now.
    #[must_use]
    pub fn of(version: u32, hot: &Hot, values: Vec<(DataKey, Option<Datum>)>) -> Self {
        let hot = Hot {
            chunks: Chunks::default(),
            inbox: Vec::new(),
            recoveries: 0,
            journal: JournalTail::default(),
            cancel: None,
            ending: None,
            ..hot.clone()
        };
        Self {
            version,
            hot: Arc::new(hot),
            values,
        }
    }

    /// The labels of what it waits for.
    pub fn labels(&self) -> impl Iterator<Item = &Name> {
        self.hot.leaves().map(|leaf| &leaf.label)
    }

    /// Whether a flow can be run again from here: the children for which an instance waits
    /// are its own, and what it asked the engine is not asked again.
    #[must_use]
    pub fn can_begin(&self) -> bool {
        let again = |leaf: &Leaf| {
            !matches!(
                leaf.wait,
                LeafWait::Child { .. } | LeafWait::Crowd { .. } | LeafWait::Asked
            )
        };
        matches!(self.hot.phase, Phase::Waiting(_)) && self.hot.leaves().all(again)
    }
}
