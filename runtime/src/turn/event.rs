//! All that can happen to an instance.

use std::sync::Arc;

use super::Report;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{Ends, JoinError};
use crate::payload::Payload;
use crate::record::Unborn;

/// What can happen to an instance after its start.
#[derive(Debug, Clone)]
pub enum Event {
    /// An attempt of an action ended.
    ActionFinished {
        /// The leaf that asked for it.
        leaf: LeafId,
        /// The attempt's number.
        attempt: u32,
        /// What it came to.
        report: Report,
    },
    /// An attempt said how far it is.
    Heartbeat {
        /// The leaf that asked for it.
        leaf: LeafId,
        /// The attempt's number.
        attempt: u32,
        /// What it said.
        details: Payload,
    },
    /// A timer may be due: that of a leaf, or the delay before an attempt.
    TimerFired {
        /// The leaf.
        leaf: LeafId,
    },
    /// Somebody sent a message.
    Message {
        /// The channel.
        channel: Arc<str>,
        /// The message.
        payload: Payload,
        /// By what the sender tells it from others, if it may send it again.
        message_id: Option<Arc<str>>,
    },
    /// The first stored message of the channel that the flow waits for.
    NextMessage {
        /// The channel.
        channel: Arc<str>,
        /// The message's number.
        seq: u64,
        /// The message.
        payload: Payload,
    },
    /// Somebody mended the cause for which the instance is parked.
    Retry,
    /// Somebody gave up the message with which the instance is parked.
    SkipMessage,
    /// The process ended while the instance ran; it is about to go on.
    Recovered,
    /// Somebody cancels it.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Somebody ends it, whatever it does.
    Terminate {
        /// Why.
        reason: String,
        /// Whether it undoes first what it said was to be undone.
        undo: bool,
    },
    /// A child of it has ended, or never was.
    ChildEnded {
        /// The child.
        child: InstanceId,
        /// Its result, or why there is none.
        end: Result<Payload, JoinError>,
    },
    /// One of many children that the leaf waits for has ended.
    MemberEnded {
        /// The leaf.
        leaf: LeafId,
        /// Whether with an `Err`, or without a result.
        failed: bool,
    },
    /// Enough of them have.
    Gathered {
        /// The leaf.
        leaf: LeafId,
        /// What they came to.
        ends: Ends,
    },
    /// It is one of many children that its parent waits for.
    Enlisted {
        /// The leaf that waits.
        leaf: LeafId,
    },
    /// The children of its next row are started.
    Born {
        /// These.
        children: Vec<Unborn>,
    },
    /// It goes on when its parent ends.
    Detached,
    /// What a leaf asked for is done: this is the answer.
    Answered {
        /// The leaf.
        leaf: LeafId,
        /// The answer.
        answer: Payload,
    },
    /// It asked for the messages of a channel, and these are the first of them.
    Taken {
        /// The leaf.
        leaf: LeafId,
        /// The channel.
        channel: Arc<str>,
        /// The messages.
        messages: Vec<Payload>,
    },
    /// It goes on with an answer.
    GoOn {
        /// The leaf.
        leaf: LeafId,
    },
    /// The engine stops and cut this attempt off.
    CutOff {
        /// The leaf that asked for it.
        leaf: LeafId,
        /// The attempt's number.
        attempt: u32,
    },
}
