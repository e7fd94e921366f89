//! What a turn of one instance means for others. The engine sees to it within the
//! same transaction.

use crate::flow::Spawn;
use crate::ids::InstanceId;

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
    /// It has ended: its parent may wait for that, and its own children are cancelled.
    Ended,
}
