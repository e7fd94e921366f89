//! What the engine must do for an instance in a state.

use std::sync::Arc;

use super::Wake;
use crate::record::{Hot, LeafWait};

impl Wake {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Attempt { leaf, attempt, .. },
                Self::Attempt {
                    leaf: other_leaf,
                    attempt: other_attempt,
                    ..
                },
            ) => leaf == other_leaf && attempt == other_attempt,
            (
                Self::Message { channel, seq },
                Self::Message {
                    channel: other_channel,
                    seq: other_seq,
                },
            ) => channel == other_channel && seq == other_seq,
            (Self::Answer { leaf }, Self::Answer { leaf: other })
            | (Self::Gather { leaf }, Self::Gather { leaf: other }) => leaf == other,
            (Self::Birth, Self::Birth) => true,
            _ => false,
        }
    }
}

pub(super) fn wakes(hot: &Hot) -> Vec<Wake> {
    let is_bearing = hot.is_bearing();
    let mut wakes: Vec<Wake> = is_bearing.then_some(Wake::Birth).into_iter().collect();
    for leaf in hot.waiting() {
        let wake = match &leaf.wait {
            LeafWait::Action(attempts) if attempts.retry_at.is_none() => Some(Wake::Attempt {
                leaf: leaf.id,
                attempt: attempts.attempt,
                started_at: attempts.started_at,
                request: Arc::clone(&attempts.request),
                is_repeated: attempts.is_repeated(),
                heartbeat: attempts.heartbeat.clone(),
            }),
            // It does not go on before all of its children are there.
            LeafWait::Message { .. } if is_bearing => None,
            LeafWait::Message { channel } => hot.queue(channel).map(|queue| Wake::Message {
                channel: Arc::clone(channel),
                seq: queue.head,
            }),
            LeafWait::Answered(_) => Some(Wake::Answer { leaf: leaf.id }),
            LeafWait::Crowd { enough, .. } => enough.then_some(Wake::Gather { leaf: leaf.id }),
            LeafWait::Action(_)
            | LeafWait::Timer { .. }
            | LeafWait::Child { .. }
            | LeafWait::Cancelled
            | LeafWait::Asked => None,
        };
        // Two leaves of one channel get its messages one after the other.
        wakes.extend(wake.filter(|wake| !wakes.iter().any(|known: &Wake| known.is_same(wake))));
    }
    wakes
}
