//! All that can wake the turn thread, as one closed enum.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::data::Looker;
use super::error::Refusal;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::FlowDef;
use crate::payload::{Fields, Payload};
use crate::record::{Ending, ParkReason};
use crate::store::StoreError;
use crate::turn::{Report, Rerun};

/// Where the answer to a command goes, once what it did is durable.
pub(crate) type Reply = oneshot::Sender<Result<(), Refusal>>;

pub(crate) enum Event {
    /// Start an instance or attach to it.
    Start { request: StartRequest, reply: Reply },
    /// Send a message to an instance.
    Send {
        id: InstanceId,
        channel: Arc<str>,
        payload: Payload,
        /// By what the sender tells it from others, if it may send it again.
        message_id: Option<Arc<str>>,
        reply: Reply,
    },
    /// Send a message that asks for an answer.
    Ask {
        id: InstanceId,
        channel: Arc<str>,
        payload: Payload,
        asker: u64,
        reply: oneshot::Sender<Result<Payload, Refusal>>,
    },
    /// Tell when the instance has ended, or is parked.
    Watch {
        id: InstanceId,
        or_parked: bool,
        reply: oneshot::Sender<Result<Outcome, Refusal>>,
    },
    /// Tell of a value that a flow put.
    Look(Looker),
    /// Go on with a parked instance.
    Retry { id: InstanceId, reply: Reply },
    /// Drop the message with which an instance is parked.
    SkipMessage { id: InstanceId, reply: Reply },
    /// Start an instance where another one was.
    Rerun { rerun: Box<Rerun>, reply: Reply },
    /// Cancel an instance.
    Cancel {
        id: InstanceId,
        reason: String,
        reply: Reply,
    },
    /// End an instance, whatever it does.
    Terminate {
        id: InstanceId,
        reason: String,
        undo: bool,
        reply: Reply,
    },
    /// Remove an instance.
    Delete {
        id: InstanceId,
        force: bool,
        reply: Reply,
    },
    /// An attempt of an action ended.
    Finished(Finished),
    /// One that runs said how far it is.
    Heartbeat {
        key: InstanceKey,
        leaf: LeafId,
        attempt: u32,
        details: Payload,
    },
    /// A batch became durable that somebody waits for.
    Committed,
    /// The store failed: nothing that is not durable yet will be.
    Failed(Arc<StoreError>),
    /// The store is open again.
    Reopened,
    /// A clock made by hand was moved.
    ClockMoved,
    /// Stop in order.
    Shutdown {
        limit: Duration,
        reply: oneshot::Sender<Result<(), Arc<StoreError>>>,
    },
    /// Stop at once: nobody is left who could ask for anything.
    Abandon,
}

/// A call of a flow under an id.
#[derive(Debug, Clone)]
pub(crate) struct StartRequest {
    pub(crate) id: InstanceId,
    pub(crate) flow: FlowDef,
    pub(crate) arguments: Fields,
    /// What is in its channels from the beginning.
    pub(crate) messages: Vec<(Arc<str>, Payload)>,
    pub(crate) reuse: Reuse,
}

impl StartRequest {
    pub(crate) fn new(id: InstanceId, flow: FlowDef, arguments: Fields) -> Self {
        Self {
            id,
            flow,
            arguments,
            messages: Vec::new(),
            reuse: Reuse::default(),
        }
    }
}

/// What becomes of a start whose id an instance has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Reuse {
    /// It attaches to that one, live or ended, if that was started by the same call;
    /// else it is refused.
    #[default]
    SameCall,
    /// It attaches to a live one of the same call; one that has ended is refused.
    Live,
    /// It attaches to that one, live or ended, if it is of the same flow, whatever its
    /// arguments.
    Attach,
    /// It attaches to a live one of the same call; one that has ended, of whatever
    /// call, is deleted first, in the same transaction.
    Replace,
}

/// The end of an attempt.
#[derive(Debug, Clone)]
pub(crate) struct Finished {
    pub(crate) key: InstanceKey,
    pub(crate) leaf: LeafId,
    pub(crate) attempt: u32,
    pub(crate) report: Report,
    /// What it said last and is not stored.
    pub(crate) heartbeat: Option<Payload>,
}

/// What a watcher is told.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Ended(Ending),
    Parked(ParkReason),
}
