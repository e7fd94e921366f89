//! What a turn of one instance means for others. The engine sees to it within the
//! same transaction.

use crate::flow::Spawn;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{Ask, Member};
use crate::payload::Payload;

/// Something for another instance, or to be found out from it.
#[derive(Debug, Clone)]
pub enum Post {
    /// Start this child.
    Spawn(Spawn),
    /// The child goes on when its parent ends.
    Detach {
        /// The child.
        child: InstanceId,
    },
    /// Cancel the child.
    Cancel {
        /// The child.
        child: InstanceId,
        /// Why.
        reason: String,
    },
    /// It waits for the end of the child, which may have ended already.
    Await {
        /// The child.
        child: InstanceId,
    },
    /// It has the child's result: that need not be kept any longer.
    Taken {
        /// The child.
        child: InstanceId,
    },
    /// It waits for this child and others: one of many.
    Enlist {
        /// The leaf that waits.
        leaf: LeafId,
        /// The child's id.
        id: InstanceId,
        /// What it is.
        member: Member,
        /// Whether it begins only when it is told to.
        held: bool,
    },
    /// One of those that were held may begin.
    Begin {
        /// The leaf that waits for them.
        leaf: LeafId,
    },
    /// It does not wait any more for the children of this leaf.
    Dismiss {
        /// The leaf.
        leaf: LeafId,
    },
    /// It asks for this.
    Ask {
        /// The leaf that waits for the answer.
        leaf: LeafId,
        /// What it asks.
        ask: Ask,
    },
    /// It answers a question.
    Answer {
        /// Who asked.
        asker: u64,
        /// The answer.
        answer: Payload,
    },
    /// It has ended: its parent may wait for that, and its own children are cancelled.
    Ended,
}
