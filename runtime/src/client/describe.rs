//! What one instance is doing, for people.

use std::time::Duration;

use serde_json::Value;

use super::error::LookError;
use crate::engine::Engine;
use crate::ids::{InstanceId, InvalidId, TurnNo};
use crate::record::{Hot, Instance, LastError, Leaf, LeafWait, ParkReason, Phase, Place, Status};
use crate::registry::Registry;
use crate::time::Timestamp;

/// An instance as it is stored.
///
/// Displayed as a few lines for people, without the types of the program.
/// Long values are cut; `{:#}` shows them whole.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const APPROVAL: Channel<bool> = Channel::new("approval");
///
/// #[flow]
/// async fn purchase(cents: u64) -> bool {
///     cents < 1_000 || flow::receive(APPROVAL).await
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// engine.start("order-42", purchase(995_000)).await?;
/// let shown = engine.describe("order-42").await?.to_string();
/// // order-42: waiting, flow purchase, started 2026-11-22T06:15:15.250000Z
/// //   arguments: {"cents":995000}
/// //   at purchase::receive (src/main.rs:7)
/// //   waits for a message of `approval` since 2026-11-22T06:15:15.250000Z
/// assert!(shown.starts_with("order-42: waiting, flow purchase, started 2"));
/// assert!(shown.contains("waits for a message of `approval` since"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Description {
    /// Its id.
    pub id: InstanceId,
    /// Its flow.
    pub flow: String,
    /// The version of its flow.
    pub version: u32,
    /// What it is doing.
    pub status: Status,
    /// Its arguments, as a JSON object.
    pub arguments: Value,
    /// When it was started.
    pub created_at: Timestamp,
    /// How many turns it has taken.
    pub turns: TurnNo,
    /// The size of its frame, in bytes.
    pub frame_bytes: usize,
    /// The label of the state it is in; `None` before the first and at the end.
    pub state: Option<String>,
    /// The flow that this state is of: its own, or one that it calls.
    pub state_flow: Option<String>,
    /// Where in the source it waits, if the program still has the state.
    pub place: Option<Place>,
    /// What it waits for, also while parked.
    pub waiting: Option<Waiting>,
    /// Since when it waits.
    pub since: Option<Timestamp>,
    /// When a timer ends that wait, or the delay before the next attempt.
    pub next_wake_up: Option<Timestamp>,
    /// The present attempt of the action it waits for.
    pub attempt: Option<u32>,
    /// What the attempt before came to: a value as JSON text, or words.
    pub last_error: Option<String>,
    /// What else it waits for, in a `flow::join!` or `flow::race!`.
    pub others: Vec<Outstanding>,
    /// Why it is parked, and since when.
    pub parked: Option<(Timestamp, ParkReason)>,
    /// How many messages are stored for it, by channel.
    pub messages: Vec<(String, u64)>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What its flow returned, as JSON.
    pub result: Option<Value>,
}

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
}

impl Engine {
    /// What an instance is doing, as it is stored at this moment.
    ///
    /// # Errors
    ///
    /// [`LookError`] when there is no such instance or the store cannot be
    /// read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn describe(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Description, LookError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.describe_id(&id).await
    }

    pub(super) async fn describe_id(&self, id: &InstanceId) -> Result<Description, LookError> {
        let (instance, hot) = self.found(id).await?;
        Ok(describe(&instance, &hot, &self.inner.rules.registry))
    }

    /// What is stored of an instance.
    pub(super) async fn found(&self, id: &InstanceId) -> Result<(Instance, Hot), LookError> {
        let wanted = id.clone();
        let found = self.read(move |view| match view.find(&wanted)? {
            Some(key) => view.load(key),
            None => Ok(None),
        });
        found
            .await?
            .ok_or_else(|| LookError::Unknown { id: id.clone() })
    }
}

/// What an instance in this state is doing.
pub(crate) fn describe(instance: &Instance, hot: &Hot, registry: &Registry) -> Description {
    let mut leaves = hot
        .leaves()
        .map(|leaf| outstanding(instance, leaf, registry));
    let first = leaves.next();
    let of = first.as_ref();
    Description {
        id: instance.id.clone(),
        flow: instance.flow.to_string(),
        version: instance.version,
        status: hot.status(),
        arguments: instance.arguments.to_json(),
        created_at: instance.created_at,
        turns: hot.turn,
        frame_bytes: hot.frame.len(),
        state: of.map(|first| first.state.clone()),
        state_flow: of.map(|first| first.state_flow.clone()),
        place: of.and_then(|first| first.place.clone()),
        since: of.map(|first| first.since),
        next_wake_up: of.and_then(|first| first.next_wake_up),
        attempt: of.and_then(|first| first.attempt),
        last_error: of.and_then(|first| first.last_error.clone()),
        waiting: first.map(|first| first.waiting),
        others: leaves.collect(),
        parked: match &hot.phase {
            Phase::Parked(parked) => Some((parked.at, parked.reason.clone())),
            Phase::Waiting(_) | Phase::Finished => None,
        },
        messages: hot
            .inbox
            .iter()
            .map(|queue| (queue.channel.to_string(), queue.tail - queue.head))
            .collect(),
        finished_at: instance.end.as_ref().map(|end| end.at),
        result: instance
            .end
            .as_ref()
            .map(|end| end.result.to_json().unwrap_or_default()),
    }
}

fn outstanding(instance: &Instance, leaf: &Leaf, registry: &Registry) -> Outstanding {
    let attempts = match &leaf.wait {
        LeafWait::Action(attempts) => Some(attempts),
        LeafWait::Timer { .. } | LeafWait::Message { .. } => None,
    };
    let site = registry.site(instance.of(), &leaf.flow, &leaf.label);
    let error = attempts.and_then(|attempts| attempts.last_error.as_ref());
    Outstanding {
        state: leaf.label.to_string(),
        state_flow: holder(instance, leaf, registry),
        place: site.map(Place::of),
        waiting: waiting(leaf),
        since: leaf.since,
        next_wake_up: leaf.due(),
        attempt: attempts.map(|attempts| attempts.attempt),
        last_error: error.map(shown),
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
        LeafWait::Message { channel } => Waiting::Message {
            channel: channel.to_string(),
        },
        LeafWait::Action(attempts) => Waiting::Action {
            name: attempts.request.action.clone(),
            arguments: attempts.request.arguments.to_json(),
            timeout: attempts.request.policy.timeout,
        },
    }
}

fn shown(error: &LastError) -> String {
    match error {
        LastError::Text(text) => text.clone(),
        LastError::Value(value) => value.to_json().unwrap_or_default().to_string(),
    }
}
