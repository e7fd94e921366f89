//! What a turn of one instance means for others. The engine sees to it within the
//! same transaction.

use std::sync::Arc;

use crate::flow::Spawn;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{Ask, Member};
use crate::payload::Payload;

/// Something for another instance, or to be found out from it.
#[derive(Debug, Clone)]
pub enum Post {
    /// Start this child.
    Spawn {
        /// What it is.
        spawn: Spawn,
        /// The leaf that waits for it and for others, if it is awaited at once.
        enlisted: Option<LeafId>,
    },
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
    /// It begins to wait for many children, which are told next.
    Crowd {
        /// The leaf that waits.
        leaf: LeafId,
    },
    /// It waits for this child and others: one of many.
    Enlist {
        /// The leaf that waits.
        leaf: LeafId,
        /// The child's id.
        id: InstanceId,
        /// What it is.
        member: Member,
    },
    /// One of the calls that were held begins.
    Begin {
        /// The leaf that waits for them.
        leaf: LeafId,
        /// The child's id.
        id: InstanceId,
        /// The row that has the call, as it is stored among messages.
        row: (Arc<str>, u64),
        /// Its place in the row.
        place: u64,
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
