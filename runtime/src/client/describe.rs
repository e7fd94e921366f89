//! What one instance is doing, for people.

use serde_json::Value;

use super::error::LookError;
use super::outstanding::{Outstanding, Waiting, outstanding};
use crate::engine::Engine;
use crate::ids::{DataKey, InstanceId, InvalidId, TurnNo};
use crate::record::{Datum, Ending, Hot, Instance, ParkReason, Phase, Place, Status};
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
    /// What the last stored heartbeat of the action said, as JSON.
    pub heartbeat: Option<Value>,
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
    /// Why it was cancelled or terminated, if it ended so.
    pub ended: Option<String>,
    /// When and why somebody cancelled it, also while it still shields or undoes
    /// something, or has ended with a result in spite of it.
    pub cancel: Option<(Timestamp, String)>,
    /// Whether its flow has ended, and it calls what undoes.
    pub undoing: bool,
    /// The actions that it calls if it fails, in the order in which that was said.
    pub to_undo: Vec<String>,
    /// The instance that spawned it.
    pub parent: Option<InstanceId>,
    /// Its first ancestor, if an instance spawned it.
    pub root: Option<InstanceId>,
    /// Whether it goes on when its parent ends.
    pub detached: bool,
    /// How many children it has spawned. [`Engine::children`] lists those that are kept.
    pub children: u64,
    /// The status that its flow set by [`flow::set_status`](crate::flow::set_status): the
    /// version, and the value as JSON.
    pub own_status: Option<(u64, Value)>,
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
        let wanted = id.clone();
        let found = self.read(move |view| {
            let Some(key) = view.find(&wanted)? else {
                return Ok(None);
            };
            let own_status = view.datum(key, &DataKey::status())?;
            let loaded = view.load(key)?;
            Ok(loaded.map(|(instance, hot)| (instance, hot, own_status)))
        });
        let unknown = || LookError::Unknown { id: id.clone() };
        let (instance, hot, own_status) = found.await?.ok_or_else(unknown)?;
        let registry = &self.inner.rules.registry;
        Ok(describe(&instance, &hot, own_status.as_ref(), registry))
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
pub(crate) fn describe(
    instance: &Instance,
    hot: &Hot,
    own_status: Option<&Datum>,
    registry: &Registry,
) -> Description {
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
        heartbeat: of.and_then(|first| first.heartbeat.clone()),
        waiting: first.map(|first| first.waiting),
        others: leaves.collect(),
        parked: match &hot.phase {
            Phase::Parked(parked) => Some((parked.at, parked.reason.clone())),
            _ => None,
        },
        messages: hot
            .inbox
            .iter()
            .map(|queue| (queue.channel.to_string(), queue.tail - queue.head))
            .collect(),
        finished_at: instance.end.as_ref().map(|end| end.at),
        result: instance
            .result()
            .map(|result| result.to_json().unwrap_or_default()),
        ended: match instance.end.as_ref().map(|end| &end.how) {
            Some(Ending::Cancelled { reason } | Ending::Terminated { reason }) => {
                Some(reason.clone())
            }
            _ => None,
        },
        cancel: hot
            .cancel
            .as_ref()
            .map(|cancel| (cancel.at, cancel.reason.clone())),
        undoing: hot.ending.is_some(),
        to_undo: hot.undo.iter().map(|undo| undo.name().to_owned()).collect(),
        parent: instance.parent.as_ref().map(|parent| parent.id.clone()),
        root: instance.parent.as_ref().map(|parent| parent.root.clone()),
        detached: instance.parent.is_some() && instance.attached_to().is_none(),
        children: hot.children,
        own_status: own_status.map(|datum| {
            let shown = datum.value.to_json().unwrap_or_default();
            (datum.version, shown)
        }),
    }
}
