//! One event applied to one instance.
//!
//! In: the instance's state, what happened, what time it is. Out: the state
//! after it, the writes that make it so, and the effects to release once they
//! are durable. Pure: no async, no store, no clock; the user's code runs here
//! and nowhere else. (A test may have each segment run more than once.)

mod answer;
mod attempt;
mod crowd;
mod data;
mod delete;
mod derive;
mod draft;
mod ending;
mod event;
mod family;
mod held;
mod message;
mod post;
mod recorded;
mod recover;
mod restart;
mod segment;
mod size;
mod start;
mod step;
#[cfg(test)]
mod tests;
mod unborn;
mod wakes;
mod write;

use std::sync::Arc;

pub use self::delete::delete;
pub use self::event::Event;
pub use self::held::{call as held_call, rows as held_rows};
pub use self::post::Post;
pub use self::recorded::{Rerun, rerun};
#[cfg(all(feature = "testing", debug_assertions))]
pub use self::segment::Runner;
#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) use self::segment::{Failure, Segment, Stepped};
#[cfg(feature = "testing")]
pub(crate) use self::segment::{Told, Watcher, watch};
pub use self::size::oversized_field;
pub use self::start::{NewInstance, start};
pub use self::unborn::{channel as unborn_channel, rows as unborn_rows};
pub use self::write::Write;

use self::draft::Draft;
use crate::action::ActionFailure;
use crate::ids::{InstanceKey, LeafId};
use crate::log::Lines;
use crate::machine::ActionRequest;
use crate::payload::Payload;
use crate::record::{Hot, Instance, JournalSeq, Name};
use crate::registry::Registry;
use crate::time::Timestamp;

/// What holds for all turns of an engine.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The program's flows and actions.
    pub registry: Registry,
    /// The largest size of one encoded value.
    pub max_value_bytes: usize,
    /// How often an instance may be recovered without a step between.
    pub max_recoveries: u32,
    /// What is written to the journal.
    pub journal: Journal,
    /// So many children of one step are started with it, at most.
    pub births: usize,
    /// Whether the journal has each state in which an instance waited.
    pub keep_states: bool,
    /// How segments are run: for tests that run them again.
    #[cfg(all(feature = "testing", debug_assertions))]
    pub runner: Runner,
}

/// How much of what instances did is kept for people to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Journal {
    /// Nothing.
    Off,
    /// The last rows of each instance: between this many and twice as many.
    Last(u32),
    /// Everything, until the instance is purged or deleted.
    #[default]
    All,
}

/// An instance between two turns.
#[derive(Debug, Clone)]
pub struct State {
    /// Its number in the store.
    pub key: InstanceKey,
    /// What it is a run of.
    pub instance: Arc<Instance>,
    /// Where it is.
    pub hot: Arc<Hot>,
}

/// What an attempt of an action came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// It returned a value, or `Ok`.
    Returned(Payload),
    /// It returned `Err`.
    Failed {
        /// The encoded return value.
        payload: Payload,
        /// Whether another attempt may help.
        retry: bool,
    },
    /// It has no value.
    Broken(ActionFailure),
    /// It could not be run, or its value not be stored.
    Unusable(String),
}

/// What a turn came to.
#[derive(Debug)]
pub struct Turned {
    /// The state after it.
    pub state: State,
    /// What must be written, in one transaction: the state last.
    pub writes: Vec<Write>,
    /// What to do once that is durable.
    pub wakes: Vec<Wake>,
    /// The actions to tell then that nobody waits for them any more.
    pub stops: Vec<LeafId>,
    /// What it means for other instances, in the same transaction.
    pub posts: Vec<Post>,
    /// What its flow logged, to be told once it is durable.
    pub(crate) logged: Option<Logged>,
    /// Whether it was parked.
    pub(crate) parks: bool,
    /// The number of the next journal row.
    pub next_seq: JournalSeq,
}

/// What a flow logged in a turn.
#[derive(Debug)]
pub(crate) struct Logged {
    pub(crate) lines: Lines,
    /// The label of the state from which it went on; `None` at its start.
    pub(crate) state: Option<Name>,
}

/// What the engine itself must do for an active instance.
#[derive(Debug, Clone)]
pub enum Wake {
    /// Run an attempt of an action.
    Attempt {
        /// The leaf.
        leaf: LeafId,
        /// The attempt's number, from 1.
        attempt: u32,
        /// From when `total_timeout` counts.
        started_at: Timestamp,
        /// The call.
        request: Arc<ActionRequest>,
        /// Whether an attempt was cut off, so that one that runs at most once is over.
        is_repeated: bool,
        /// What the last heartbeat of an attempt before said.
        heartbeat: Option<Payload>,
    },
    /// Tell it what the children came to for which the leaf waits.
    Gather {
        /// The leaf.
        leaf: LeafId,
    },
    /// Start the children of its last step that are in its next row.
    Birth,
    /// Let it go on with the answer that the leaf has.
    Answer {
        /// The leaf.
        leaf: LeafId,
    },
    /// Hand it the stored message of that number.
    Message {
        /// The channel.
        channel: Arc<str>,
        /// The message's number.
        seq: u64,
    },
}

/// Applies `event`, which was taken at `now`; `None` when it changes nothing:
/// it is late, a duplicate, or not for the state the instance is in.
#[must_use]
pub fn turn(
    state: &State,
    event: Event,
    rules: &Rules,
    now: Timestamp,
    next_seq: JournalSeq,
) -> Option<Turned> {
    let draft = Draft::new(state, rules, now);
    let draft = match event {
        Event::ActionFinished {
            leaf,
            attempt,
            report,
        } => attempt::finished(draft, leaf, attempt, report),
        Event::Heartbeat {
            leaf,
            attempt,
            details,
        } => attempt::beaten(draft, leaf, attempt, details),
        Event::TimerFired { leaf } => step::timer_fired(draft, leaf),
        Event::Message {
            channel,
            payload,
            message_id,
        } => message::sent(draft, channel, payload, message_id),
        Event::NextMessage {
            channel,
            seq,
            payload,
        } => message::next(draft, &channel, seq, payload),
        Event::Retry => recover::retry(draft),
        Event::SkipMessage => message::skip(draft),
        Event::Recovered => recover::recovered(draft),
        Event::Cancel { reason } => ending::cancel(draft, reason),
        Event::Terminate { reason, undo } => ending::terminate(draft, reason, undo),
        Event::ChildEnded { child, end } => family::child_ended(draft, &child, &end),
        Event::MemberEnded { leaf, failed } => crowd::member_ended(draft, leaf, failed),
        Event::Gathered { leaf, ends } => crowd::gathered(draft, leaf, ends),
        Event::Enlisted { leaf } => crowd::enlisted(draft, leaf),
        Event::Born { children } => unborn::born(draft, children),
        Event::Detached => family::detached(draft),
        Event::Answered { leaf, answer } => answer::answered(draft, leaf, answer),
        Event::Taken {
            leaf,
            channel,
            messages,
        } => answer::taken(draft, leaf, &channel, &messages),
        Event::GoOn { leaf } => answer::go_on(draft, leaf),
        Event::CutOff { leaf, attempt } => recover::cut_off(draft, leaf, attempt),
    }?;
    Some(draft.finish(next_seq))
}

/// What the engine must do for an instance that it finds in this state.
#[must_use]
pub fn wakes(hot: &Hot) -> Vec<Wake> {
    wakes::wakes(hot)
}
