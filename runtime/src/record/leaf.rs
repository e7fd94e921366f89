//! One outstanding thing, as stored.

use std::sync::Arc;

use super::hot::Name;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{ActionRequest, Until};
use crate::payload::Payload;
use crate::time::Timestamp;

/// An outstanding thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Its number.
    pub id: LeafId,
    /// The flow that holds the `.await`: the instance's, or one it calls.
    pub flow: Name,
    /// The label of the `.await`.
    pub label: Name,
    /// When it was asked for.
    pub since: Timestamp,
    /// What it is.
    pub wait: LeafWait,
    /// Whether a cancel waits for it.
    pub shielded: bool,
}

/// The kinds of leaves.
#[derive(Debug, Clone, PartialEq)]
pub enum LeafWait {
    /// An action, running or in the delay before an attempt.
    Action(Attempts),
    /// A point in time.
    Timer {
        /// When it is due.
        due: Timestamp,
    },
    /// The next message of a channel.
    Message {
        /// The channel's name.
        channel: Arc<str>,
    },
    /// The end of a child.
    Child {
        /// Its id.
        id: InstanceId,
        /// Whether its result is taken: it need not be kept any longer.
        takes: bool,
    },
    /// That somebody cancels the instance.
    Cancelled,
    /// An answer of the engine, which comes in the same transaction.
    Asked,
    /// That it goes on with what was answered.
    Answered(Payload),
    /// The ends of many children.
    Crowd {
        /// So many have not ended.
        left: u64,
        /// Those of these that have not begun.
        held: Held,
        /// When it is enough.
        until: Until,
        /// Whether it is.
        enough: bool,
    },
}

/// Calls that begin when others have ended, so that not too many run at once. In their
/// rows they are numbered backwards: the next to begin has the highest number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// So many are left.
    pub calls: u64,
    /// So many of them are stored in one row.
    pub in_row: u64,
    /// The number of the child that the last of them will be.
    pub last_child: u64,
}

impl Held {
    /// How many rows they take.
    #[must_use]
    pub fn rows(self) -> u64 {
        self.calls.div_ceil(self.in_row.max(1))
    }

    /// The next to begin.
    #[must_use]
    pub fn next(self) -> Option<NextHeld> {
        let number = self.calls.checked_sub(1)?;
        let in_row = self.in_row.max(1);
        Some(NextHeld {
            row: number / in_row,
            place: number % in_row,
            child: self.last_child.saturating_sub(number),
        })
    }
}

/// A call that was held and begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextHeld {
    /// The row that it is stored in.
    pub row: u64,
    /// Its place in that row.
    pub place: u64,
    /// The number of the child that it will be.
    pub child: u64,
}

/// An action and its attempts.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempts {
    /// The call.
    pub request: Arc<ActionRequest>,
    /// The number of the present attempt, or of the next one during a delay.
    pub attempt: u32,
    /// The attempts that an earlier `retry` of a parked instance forgave.
    pub forgiven: u32,
    /// From when `total_timeout` counts.
    pub started_at: Timestamp,
    /// When the delay before the attempt ends; `None` while it runs.
    pub retry_at: Option<Timestamp>,
    /// What the attempt before came to.
    pub last_error: Option<LastError>,
    /// What the last heartbeat said.
    pub heartbeat: Option<Payload>,
}

/// What a failed attempt left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastError {
    /// The encoded return value, an `Err`.
    Value(Payload),
    /// A failure without a value: a time-out, a panic, a crash.
    Text(String),
}

impl Attempts {
    /// A call that has just been asked for: its first attempt runs.
    #[must_use]
    pub fn first(request: Arc<ActionRequest>, now: Timestamp) -> Self {
        Self {
            request,
            attempt: 1,
            forgiven: 0,
            started_at: now,
            retry_at: None,
            last_error: None,
            heartbeat: None,
        }
    }

    /// Whether an attempt before this one was cut off, and nobody wants another for it.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.attempt > self.forgiven.saturating_add(1)
    }
}

impl Leaf {
    /// The label of what undoes a step, which no `.await` has.
    pub const UNDO: &str = "(undo)";

    /// How many rows the calls take that it holds.
    #[must_use]
    pub fn held_rows(&self) -> u64 {
        match &self.wait {
            LeafWait::Crowd { held, .. } => held.rows(),
            _ => 0,
        }
    }

    /// When a timer is due for it.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        match &self.wait {
            LeafWait::Timer { due } => Some(*due),
            LeafWait::Action(attempts) => attempts.retry_at,
            _ => None,
        }
    }
}
