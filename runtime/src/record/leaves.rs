//! What an instance waits for: one leaf, or several of them at once.

use super::leaf::{Leaf, LeafWait};
use crate::ids::LeafId;

/// The outstanding leaves of an instance; never none.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaves {
    first: Leaf,
    /// Only a fork has more than one: no allocation without it.
    others: Vec<Leaf>,
}

impl From<Leaf> for Leaves {
    fn from(first: Leaf) -> Self {
        let others = Vec::new();
        Self { first, others }
    }
}

impl Leaves {
    /// These leaves, in the order of the source; `None` if there are none.
    #[must_use]
    pub fn of(leaves: impl IntoIterator<Item = Leaf>) -> Option<Self> {
        let mut leaves = leaves.into_iter();
        let first = leaves.next()?;
        let others = leaves.collect();
        Some(Self { first, others })
    }

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> &Leaf {
        &self.first
    }

    /// Whether it is the only one.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.others.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Leaf> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Leaf> {
        std::iter::once(&mut self.first).chain(&mut self.others)
    }

    /// The leaf of that number.
    #[must_use]
    pub fn get(&self, id: LeafId) -> Option<&Leaf> {
        self.iter().find(|leaf| leaf.id == id)
    }

    /// The first leaf that waits for a message of that channel.
    #[must_use]
    pub fn receiving(&self, wanted: &str) -> Option<&Leaf> {
        self.iter().find(|leaf| match &leaf.wait {
            LeafWait::Message { channel } => **channel == *wanted,
            LeafWait::Action(_)
            | LeafWait::Timer { .. }
            | LeafWait::Child { .. }
            | LeafWait::Cancelled => false,
        })
    }
}

impl IntoIterator for Leaves {
    type Item = Leaf;
    type IntoIter = std::iter::Chain<std::iter::Once<Leaf>, std::vec::IntoIter<Leaf>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.first).chain(self.others)
    }
}
