//! The part of an instance that changes with each step: one row, one write.
//!
//! All that can wake an instance can be read off it: [`Hot::is_active`] and
//! [`Hot::due`] say which index rows must exist beside it, and the turn
//! derives its writes from the difference of two of these.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::chunk::Chunks;
use super::instance::Ending;
use super::journal::JournalSeq;
use super::leaf::{Leaf, LeafWait};
use super::leaves::Leaves;
use super::park::Parked;
use super::undo::Undo;
use crate::ids::{InstanceKey, LeafId, TurnNo};
use crate::time::Timestamp;

/// A name that is static when it comes from the program, and owned when it
/// was read from a store: a step then copies no names.
pub type Name = Cow<'static, str>;

/// The state of an instance after a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Hot {
    /// The number of the next turn.
    pub turn: TurnNo,
    /// The number of the next leaf.
    pub next_leaf: LeafId,
    /// The machine's frame, whole; a store keeps it as `chunks` says.
    pub frame: Bytes,
    /// How the frame is cut.
    pub chunks: Chunks,
    /// What the instance waits for.
    pub phase: Phase,
    /// The channels that have stored messages.
    pub inbox: Vec<Queue>,
    /// How often it was recovered since its last successful step.
    pub recoveries: u32,
    /// Where its journal ends.
    pub journal: JournalTail,
    /// How many children it has spawned.
    pub children: u64,
    /// How many rows there are of children of its last step that are not started yet.
    pub unborn: u64,
    /// That somebody cancels it.
    pub cancel: Option<Box<Cancel>>,
    /// What to undo if it fails, in the order in which it was done.
    pub undo: Vec<Undo>,
    /// How it ends once all is undone; it runs no more code of the flow.
    pub ending: Option<Box<Ending>>,
}

/// A cancel that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancel {
    /// When.
    pub at: Timestamp,
    /// Why, in the words of whoever did it.
    pub reason: String,
    /// Whether the flow was told by `flow::cancelled()`.
    pub told: bool,
}

/// What an instance waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// For a leaf, or for several.
    Waiting(Leaves),
    /// For somebody to mend the cause and call `retry`.
    Parked(Box<Parked>),
    /// For nothing: it has ended.
    Finished(How),
}

/// How an instance ended, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// With a result.
    Returned,
    /// It was cancelled.
    Cancelled,
    /// It was terminated.
    Terminated,
}

/// The messages of one channel that wait in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The channel's name.
    pub channel: Arc<str>,
    /// The number of the first message.
    pub head: u64,
    /// The number of the next message to come.
    pub tail: u64,
}

/// The end of an instance's chain of journal rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JournalTail {
    /// The newest row.
    pub last: Option<JournalSeq>,
    /// How many rows there are, at most.
    pub rows: u64,
}

/// A timer: when it is due, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// The instance.
    pub key: InstanceKey,
    /// The leaf.
    pub leaf: LeafId,
}

/// What an instance is doing, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Status {
    /// An action runs, or a stored message is about to be handed to it.
    Running,
    /// It waits for a point in time (also between two attempts) or a message.
    Waiting,
    /// It cannot go on until somebody mends the cause.
    Parked,
    /// It has a result.
    Finished,
    /// It was cancelled, and has undone what was to be undone.
    Cancelled,
    /// It was terminated.
    Terminated,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Parked => "parked",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Terminated => "terminated",
        })
    }
}

impl Hot {
    /// The state before the first turn.
    #[must_use]
    pub fn new(frame: Bytes) -> Self {
        Self {
            turn: TurnNo(0),
            next_leaf: LeafId(0),
            frame,
            chunks: Chunks::default(),
            phase: Phase::Finished(How::Returned),
            inbox: Vec::new(),
            recoveries: 0,
            journal: JournalTail::default(),
            children: 0,
            unborn: 0,
            cancel: None,
            undo: Vec::new(),
            ending: None,
        }
    }

    /// The leaf it waits for, also while parked: of several the first, or the
    /// one with which it is parked.
    #[must_use]
    pub fn leaf(&self) -> Option<&Leaf> {
        self.leaves().next()
    }

    /// The leaves it waits for, also while parked.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        let (waiting, parked) = match &self.phase {
            Phase::Waiting(leaves) => (Some(leaves), None),
            Phase::Parked(parked) => (None, Some(parked)),
            Phase::Finished(_) => (None, None),
        };
        let parked = parked
            .into_iter()
            .flat_map(|parked| parked.leaf.iter().chain(&parked.others));
        waiting.into_iter().flat_map(Leaves::iter).chain(parked)
    }

    /// All its leaves, also while parked, to be changed.
    pub fn leaves_mut(&mut self) -> impl Iterator<Item = &mut Leaf> {
        let (waiting, parked) = match &mut self.phase {
            Phase::Waiting(leaves) => (Some(leaves), None),
            Phase::Parked(parked) => (None, Some(parked)),
            Phase::Finished(_) => (None, None),
        };
        let parked = parked
            .into_iter()
            .flat_map(|parked| parked.leaf.iter_mut().chain(&mut parked.others));
        waiting.into_iter().flat_map(Leaves::iter_mut).chain(parked)
    }

    /// The leaves it waits for; none while parked.
    pub fn waiting(&self) -> impl Iterator<Item = &Leaf> {
        let leaves = match &self.phase {
            Phase::Waiting(leaves) => Some(leaves),
            Phase::Parked(_) | Phase::Finished(_) => None,
        };
        leaves.into_iter().flat_map(Leaves::iter)
    }

    /// Whether the engine itself must wake it: an action runs, a message that it waits for
    /// is stored, or children of it are to be started.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.is_bearing()
            || self.waiting().any(|leaf| match &leaf.wait {
                LeafWait::Action(attempts) => attempts.retry_at.is_none(),
                LeafWait::Message { channel } => self.stored(channel) > 0,
                LeafWait::Answered(_) => true,
                LeafWait::Crowd { enough, .. } => *enough,
                LeafWait::Timer { .. }
                | LeafWait::Child { .. }
                | LeafWait::Cancelled
                | LeafWait::Asked => false,
            })
    }

    /// Whether children of its last step are to be started before it goes on.
    #[must_use]
    pub fn is_bearing(&self) -> bool {
        self.unborn > 0 && matches!(self.phase, Phase::Waiting(_))
    }

    /// The timers that wake it.
    pub fn dues(&self, key: InstanceKey) -> impl Iterator<Item = Due> {
        self.waiting().filter_map(move |row| {
            let leaf = row.id;
            row.due().map(|at| Due { at, key, leaf })
        })
    }

    /// How many messages of `channel` are stored.
    #[must_use]
    pub fn stored(&self, channel: &str) -> u64 {
        self.queue(channel)
            .map_or(0, |queue| queue.tail - queue.head)
    }

    /// The stored messages of `channel`.
    #[must_use]
    pub fn queue(&self, channel: &str) -> Option<&Queue> {
        self.inbox.iter().find(|queue| *queue.channel == *channel)
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self.phase, Phase::Finished(_))
    }

    /// What it is doing.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.phase {
            Phase::Waiting(_) if self.is_active() => Status::Running,
            Phase::Waiting(_) => Status::Waiting,
            Phase::Parked(_) => Status::Parked,
            Phase::Finished(How::Returned) => Status::Finished,
            Phase::Finished(How::Cancelled) => Status::Cancelled,
            Phase::Finished(How::Terminated) => Status::Terminated,
        }
    }
}
