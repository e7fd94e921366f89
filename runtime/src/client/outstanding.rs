//! What an instance waits for, for people.

use std::time::Duration;

use serde_json::Value;

use crate::ids::InstanceId;
use crate::record::{Instance, LastError, Leaf, LeafWait, Place};
use crate::registry::Registry;
use crate::time::Timestamp;

/// One of several things that an instance waits for at once.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Outstanding {
    /// The label of what waits: an `.await`, or an operand.
    pub state: String,
    /// The flow that holds it.
    pub state_flow: String,
    /// Where it is in the source, if the program still has it.
    pub place: Option<Place>,
    /// What it waits for.
    pub waiting: Waiting,
    /// Since when.
    pub since: Timestamp,
    /// When a timer ends that wait, or the delay before the next attempt.
    pub next_wake_up: Option<Timestamp>,
    /// The present attempt of the action.
    pub attempt: Option<u32>,
    /// What the attempt before came to.
    pub last_error: Option<String>,
    /// What the last stored heartbeat of the action said.
    pub heartbeat: Option<Value>,
}

/// What an instance waits for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Waiting {
    /// An action.
    Action {
        /// Its name.
        name: String,
        /// The arguments of the call, as a JSON object.
        arguments: Value,
        /// How long attempts may take, as far as the call itself says.
        timeout: Option<Duration>,
    },
    /// A point in time.
    Timer,
    /// The next message of a channel.
    Message {
        /// The channel.
        channel: String,
    },
    /// The end of a child.
    Child {
        /// Its id.
        id: InstanceId,
    },
    /// The ends of many children.
    Children {
        /// So many have not ended.
        left: u64,
    },
    /// That somebody cancels it.
    Cancel,
    /// That its next step is taken: what it asked the engine for is done.
    Answer,
}

/// One thing that an instance waits for.
pub(super) fn outstanding(instance: &Instance, leaf: &Leaf, registry: &Registry) -> Outstanding {
    let attempts = match &leaf.wait {
        LeafWait::Action(attempts) => Some(attempts),
        _ => None,
    };
    let site = registry.site(instance.of(), &leaf.flow, &leaf.label);
    let error = attempts.and_then(|attempts| attempts.last_error.as_ref());
    let beaten = attempts.and_then(|attempts| attempts.heartbeat.as_ref());
    Outstanding {
        state: leaf.label.to_string(),
        state_flow: holder(instance, leaf, registry),
        place: site.map(Place::of),
        waiting: waiting(leaf),
        since: leaf.since,
        next_wake_up: leaf.due(),
        attempt: attempts.map(|attempts| attempts.attempt),
        last_error: error.map(shown),
        heartbeat: beaten.map(|beaten| beaten.to_json().unwrap_or_default()),
    }
}

/// The flow that holds the state.
fn holder(instance: &Instance, leaf: &Leaf, registry: &Registry) -> String {
    let own = registry.is_own(instance.of(), &leaf.flow);
    if own { &*instance.flow } else { &*leaf.flow }.to_owned()
}

fn waiting(leaf: &Leaf) -> Waiting {
    match &leaf.wait {
        LeafWait::Timer { .. } => Waiting::Timer,
        LeafWait::Child { id, .. } => Waiting::Child { id: id.clone() },
        LeafWait::Cancelled => Waiting::Cancel,
        LeafWait::Asked | LeafWait::Answered(_) => Waiting::Answer,
        LeafWait::Crowd { left, .. } => Waiting::Children { left: *left },
        LeafWait::Message { channel } => Waiting::Message {
            channel: channel.to_string(),
        },
        LeafWait::Action(attempts) => Waiting::Action {
            name: attempts.request.action.clone(),
            arguments: attempts.request.arguments.to_json(),
            timeout: attempts
                .request
                .policy
                .as_ref()
                .and_then(|policy| policy.timeout),
        },
    }
}

fn shown(error: &LastError) -> String {
    match error {
        LastError::Text(text) => text.clone(),
        LastError::Value(value) => value.to_json().unwrap_or_default().to_string(),
    }
}
