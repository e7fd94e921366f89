//! Why an instance is parked, and what it takes to go on.
//!
//! The reason is for people; the pending event is for `retry`, which applies
//! it again as if nothing had happened.

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::leaf::Leaf;
use crate::machine::{Outcome, Site};
use crate::time::Timestamp;

/// An instance that cannot go on by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Parked {
    /// When it was parked.
    pub at: Timestamp,
    /// Why.
    pub reason: ParkReason,
    /// The leaf with which it was parked; `None` before the first `.await`.
    pub leaf: Option<Leaf>,
    /// What else it waits for.
    pub others: Vec<Leaf>,
    /// What could not be applied.
    pub pending: Pending,
}

/// What `retry` does with a parked instance.
#[derive(Debug, Clone, PartialEq)]
pub enum Pending {
    /// Runs the flow from its start.
    Start,
    /// Hands the leaf's outcome to the flow again.
    Outcome(Outcome),
    /// Gives the leaf's action a fresh set of attempts.
    Attempts,
    /// Waits for the leaf again.
    Wait,
}

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
}

impl Place {
    /// Where this `.await` stands.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self {
            file: site.file.to_owned(),
            line: site.line,
        }
    }
}

/// Why an instance is parked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum ParkReason {
    /// The flow's own code panicked.
    #[error("the flow panicked{}: {message}; mend it, then retry", at(place.as_ref()))]
    Panicked {
        /// The panic's message.
        message: String,
        /// Where it panicked.
        place: Option<Place>,
    },
    /// The frame or the outcome does not fit the flow's code.
    #[error("{message}{}", waits_at(place.as_ref()))]
    Fault {
        /// What the machine said.
        message: String,
        /// Where the flow waits, if the program still has the state.
        #[serde(default)]
        place: Option<Place>,
    },
    /// A message is of another type than the one that the flow receives.
    #[error(
        "{state}{} receives from `{channel}`, and the message there cannot be read: \
         {problem}; give its type a form that reads it, then retry, or drop this message with \
         `skip_message` and have it sent anew",
        at(place.as_ref())
    )]
    UnreadableMessage {
        /// The flow that holds the `.await`, `::`, and its label.
        state: String,
        /// Where it is, if the program still has it.
        place: Option<Place>,
        /// The channel.
        channel: String,
        /// What the type's `Deserialize` said.
        problem: String,
    },
    /// The program has no such flow.
    #[error(
        "the program has no flow `{flow}` of version {version}; \
         link it again (`#[flow(name = .., version = ..)]` keeps an old one), then retry"
    )]
    UnknownFlow {
        /// The flow's name.
        flow: String,
        /// Its version.
        version: u32,
    },
    /// The program has no such action.
    #[error(
        "the program has no action `{action}`; link it again, or keep its old name with \
         `#[action(name = \"{action}\")]`, then retry"
    )]
    UnknownAction {
        /// The action's name.
        action: String,
    },
    /// The action's attempts are used up and its type has no value for that.
    #[error(
        "`{action}` gave no value after {attempts} attempts: {failure}; \
         let it return a `Result` whose error is `From<ActionFailure>` to handle this in the flow, \
         or retry to give it a fresh set of attempts"
    )]
    NoErrorValue {
        /// The action's name.
        action: String,
        /// How many attempts there were.
        attempts: u32,
        /// What the last one came to.
        failure: String,
    },
    /// An attempt could not be run, or its value not be stored.
    #[error("`{action}` cannot be run: {problem}; mend it, then retry")]
    Unusable {
        /// The action's name.
        action: String,
        /// What is wrong.
        problem: String,
    },
    /// A value is over the limit.
    #[error(
        "{what} has {size_bytes} bytes, the limit is {limit_bytes}; keep large data elsewhere and \
         store a reference, or raise `max_value_bytes`, then retry"
    )]
    TooLarge {
        /// Which value.
        what: String,
        /// Its encoded size.
        size_bytes: u64,
        /// The limit.
        limit_bytes: u64,
    },
    /// The process ended again and again while the instance ran.
    #[error(
        "quarantined: the process ended {recoveries} times without `Engine::shutdown` while {}; \
         if it was stopped from outside, call `shutdown` on its signals or raise \
         `Builder::max_recoveries`, else mend what ends it; then retry",
        ran(action.as_deref(), state, place.as_ref())
    )]
    Quarantined {
        /// How often it was recovered.
        recoveries: u32,
        /// The action that ran, or had returned to the flow's code.
        #[serde(default)]
        action: Option<String>,
        /// The flow that holds the `.await`, `::`, and its label.
        #[serde(default)]
        state: String,
        /// Where it is, if the program still has it.
        #[serde(default)]
        place: Option<Place>,
    },
    /// What was to be undone could not be.
    #[error(
        "`{action}` was to undo a step, and failed: {failure}; what was done before that step is not \
         undone yet; mend it, then retry to try it again"
    )]
    NotUndone {
        /// The action or flow that undoes.
        action: String,
        /// What its last attempt came to.
        failure: String,
    },
    /// A generic flow was spawned that nobody registered for its types.
    #[error(
        "`{types}` cannot be spawned, because it is not registered: write \
         `flowstone::register_flow!({types});`, then retry"
    )]
    NotRegistered {
        /// The flow with its types.
        types: String,
    },
    /// A test that checks segments found that the flow is not deterministic.
    /// Nothing else parks for this reason.
    #[error("{finding}\nmend it, then retry")]
    NotDeterministic {
        /// What it found.
        finding: Box<Finding>,
    },
    /// What the machine waits for is not what it asked for.
    #[error(
        "the flow asked for {requests} things, and its frame waits for others; mend the operation \
         that asked, then retry"
    )]
    Unsupported {
        /// How many things it asked for.
        requests: u64,
    },
}

impl ParkReason {
    /// That `what` is over `limit_bytes`.
    #[must_use]
    pub fn too_large(what: String, size_bytes: usize, limit_bytes: usize) -> Self {
        let wide = |bytes| u64::try_from(bytes).unwrap_or(u64::MAX);
        Self::TooLarge {
            what,
            size_bytes: wide(size_bytes),
            limit_bytes: wide(limit_bytes),
        }
    }
}

/// What ran when the process ended. Whether an action had returned is not
/// known: the step behind it would have been stored.
fn ran(action: Option<&str>, state: &str, place: Option<&Place>) -> String {
    if state.is_empty() {
        return "this instance ran".to_owned();
    }
    let what = action.map_or_else(
        || "the flow's code ran".to_owned(),
        |action| format!("`{action}` or the flow's code behind it ran"),
    );
    format!("{what} ({state}{})", at(place))
}

fn waits_at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| {
        format!(" (the flow waits at {}:{})", place.file, place.line)
    })
}

fn at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file, place.line)
    })
}
