//! Starting flows, and sending them messages.

use std::any::{TypeId, type_name};

use tokio::sync::oneshot;

use super::error::{RunError, SendError, StartError};
use super::handle::Handle;
use super::options::{Start, Unsent};
use crate::durable::Durable;
use crate::engine::{Engine, Event, Refusal, Reply, StartRequest};
use crate::flow::{Channel, FlowCall};
use crate::ids::{InstanceId, InvalidId};
use crate::machine::Machine;
use crate::payload::Payload;
use crate::turn::oversized_field;

impl Engine {
    /// Runs a flow to its end: starts it or attaches to it, then waits.
    ///
    /// The same as [`start`](Engine::start) and [`Handle::result`]. A parked
    /// instance has not ended: this waits on.
    ///
    /// # Errors
    ///
    /// [`RunError`] when it cannot be started or its result not be had. An
    /// `Err` that the flow returns is a result.
    ///
    /// # Cancel safety
    ///
    /// The instance goes on when the future is dropped.
    pub async fn run<M: Machine>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        call: FlowCall<M>,
    ) -> Result<M::Output, RunError> {
        Ok(self.start(id, call).await?.result().await?)
    }

    /// Starts a flow as the instance `id`, or attaches to it if that is a run
    /// of the same flow with the same arguments, also after its end within the
    /// retention time. An instance of another version of the flow counts as the
    /// same and goes on in its own. The answer comes when the start is durable; the first
    /// step has then been taken.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the id is invalid or belongs to another call, an
    /// argument is too large, or the engine cannot store it.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the instance may or may not be started.
    pub async fn start<M: Machine>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        call: FlowCall<M>,
    ) -> Result<Handle<M::Output>, StartError> {
        self.start_with(id, call, Start::new()).await
    }

    /// The same with options: first messages, and what becomes of it if there is an
    /// instance of this id. See [`Start`].
    ///
    /// # Errors
    ///
    /// As [`start`](Engine::start); also when a message is too large or cannot be
    /// encoded, and as [`Reuse`](super::Reuse) says.
    ///
    /// # Cancel safety
    ///
    /// As [`start`](Engine::start).
    pub async fn start_with<M: Machine>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        call: FlowCall<M>,
        options: Start,
    ) -> Result<Handle<M::Output>, StartError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let def = self.inner.rules.registry.flow_of(TypeId::of::<M>());
        let def = def.ok_or_else(|| StartError::UnknownFlow {
            flow: M::SHAPE.name,
            types: type_name::<M>(),
        })?;
        let flow = def.name;
        let arguments = call.arguments()?;
        let limit_bytes = self.inner.rules.max_value_bytes;
        if let Some((name, size_bytes)) = oversized_field(&arguments, limit_bytes) {
            return Err(StartError::TooLarge {
                flow,
                name,
                size_bytes,
                limit_bytes,
            });
        }
        let reuse = options.reuse;
        let messages = options.messages(limit_bytes);
        let messages = messages.map_err(|(channel, unsent)| match unsent {
            Unsent::Encode(source) => StartError::Message { channel, source },
            Unsent::TooLarge(size_bytes) => StartError::LargeMessage {
                channel,
                size_bytes,
                limit_bytes,
            },
        })?;
        let request = StartRequest {
            messages,
            reuse,
            ..StartRequest::new(id.clone(), *def, arguments)
        };
        let started = self.command(|reply| Event::Start { request, reply }).await;
        started.map_err(|refusal| start_error(&id, flow, refusal))?;
        Ok(Handle::new(self.clone(), id, |payload| {
            M::RESULT.decode(payload)
        }))
    }

    /// Sends a message to an instance. The answer comes when it is durable;
    /// from then on it is received exactly once, or deleted with the instance.
    ///
    /// # Errors
    ///
    /// [`SendError`] when there is no such instance, it has finished, or the
    /// engine cannot store the message.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the message may or may not be sent.
    pub async fn send<T: Durable>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        channel: Channel<T>,
        message: T,
    ) -> Result<(), SendError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.send_to(&id, channel, &message, None).await
    }

    /// The same, for a sender that may send a message again: one whose `message_id` came
    /// before to this instance is not taken a second time, and that is no error.
    ///
    /// The ids are kept as long as the instance is, so they need not be long: a number
    /// that the sender counts, or the id of the request that it serves.
    ///
    /// # Errors
    ///
    /// As [`send`](Engine::send).
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the message may or may not be sent; sending it again is
    /// harmless.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// const PAID: Channel<u64> = Channel::new("paid");
    /// const CLOSE: Channel<()> = Channel::new("close");
    ///
    /// #[flow]
    /// async fn account() -> Vec<u64> {
    ///     flow::receive(CLOSE).await;
    ///     flow::drain(PAID).await
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let account = engine.start("a", account()).await?;
    /// for request in ["r-1", "r-2", "r-1"] {
    ///     engine.send_once("a", PAID, 10, request).await?;
    /// }
    /// engine.send("a", CLOSE, ()).await?;
    /// assert_eq!(account.result().await?, [10, 10]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn send_once<T: Durable>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        channel: Channel<T>,
        message: T,
        message_id: impl Into<String>,
    ) -> Result<(), SendError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.send_to(&id, channel, &message, Some(message_id.into()))
            .await
    }

    /// A message as it is stored.
    pub(super) fn message<T: Durable>(
        &self,
        channel: &'static str,
        message: &T,
    ) -> Result<Payload, SendError> {
        let payload =
            Payload::encode(message).map_err(|source| SendError::Encode { channel, source })?;
        let (size_bytes, limit_bytes) = (payload.bytes().len(), self.inner.rules.max_value_bytes);
        if size_bytes > limit_bytes {
            return Err(SendError::TooLarge {
                channel,
                size_bytes,
                limit_bytes,
            });
        }
        Ok(payload)
    }

    pub(super) async fn send_to<T: Durable>(
        &self,
        id: &InstanceId,
        channel: Channel<T>,
        message: &T,
        message_id: Option<String>,
    ) -> Result<(), SendError> {
        let channel = channel.name();
        let payload = self.message(channel, message)?;
        let event = |reply| Event::Send {
            id: id.clone(),
            channel: channel.into(),
            payload,
            message_id: message_id.map(Into::into),
            reply,
        };
        let sent = self.command(event).await;
        sent.map_err(|refusal| SendError::new(id, refusal))
    }

    /// Gives a command to the engine and waits until it is durable.
    pub(super) async fn command(
        &self,
        command: impl FnOnce(Reply) -> Event,
    ) -> Result<(), Refusal> {
        let (reply, answer) = oneshot::channel();
        self.inner.send(command(reply))?;
        answer.await.unwrap_or(Err(Refusal::Stopped))
    }
}

fn start_error(id: &InstanceId, flow: &'static str, refusal: Refusal) -> StartError {
    let id = id.clone();
    match refusal {
        Refusal::Store(error) => StartError::Store(error),
        Refusal::OtherFlow(running) => StartError::OtherFlow {
            id,
            running: running.to_string(),
            wanted: flow,
        },
        Refusal::OtherArgument {
            name,
            stored,
            given,
        } => StartError::OtherArgument {
            id,
            name,
            stored,
            given,
        },
        Refusal::Ended => StartError::Ended { id },
        Refusal::Stopped
        | Refusal::InUse
        | Refusal::Unknown
        | Refusal::NotParked(_)
        | Refusal::NoMessage(_)
        | Refusal::Live(_) => StartError::Stopped,
    }
}
