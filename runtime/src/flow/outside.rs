//! What an action may do to instances: send them messages, and start them.

use std::any::TypeId;

use super::{Channel, FlowCall};
use crate::action::{ActionCx, OutsideError};
use crate::durable::Durable;
use crate::ids::{InstanceId, InvalidId};
use crate::machine::Machine;
use crate::payload::Payload;

impl ActionCx {
    /// Sends a message to an instance, also to the one that called. It is durable when
    /// this returns.
    ///
    /// Each message of an attempt has an id made of the
    /// [idempotency key](ActionCx::idempotency_key) and its number in the attempt, so
    /// that another attempt that sends the same messages in the same order sends none
    /// twice.
    ///
    /// # Errors
    ///
    /// [`OutsideError`] when there is no such instance, it has ended, or the engine
    /// cannot store the message; in a unit test that made this by hand always.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the message may or may not be sent.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// const PERCENT: Channel<u8> = Channel::new("percent");
    ///
    /// #[action]
    /// async fn import(cx: ActionCx) -> Result<(), String> {
    ///     for percent in [50, 100] {
    ///         let sent = cx.send(cx.instance(), PERCENT, percent).await;
    ///         sent.map_err(|error| error.to_string())?;
    ///     }
    ///     Ok(())
    /// }
    ///
    /// #[flow]
    /// async fn watch() -> Result<Vec<u8>, String> {
    ///     import().await?;
    ///     Ok(flow::drain(PERCENT).await)
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// assert_eq!(engine.run("w", watch()).await?, Ok(vec![50, 100]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn send<T: Durable>(
        &self,
        to: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        channel: Channel<T>,
        message: T,
    ) -> Result<(), OutsideError> {
        let to = valid(to)?;
        let message = Payload::encode(&message).map_err(unusable)?;
        let message_id = self.next_message_id();
        let sent = self
            .outside()?
            .send(to, channel.name(), message, message_id);
        sent.await
    }

    /// Starts a flow as the instance `id`, or finds it there: started by the same call,
    /// as a repeated attempt does. It is durable when this returns. Nobody's child, it
    /// goes on when the instance that called ends.
    ///
    /// # Errors
    ///
    /// [`OutsideError`] when the id is invalid or belongs to another call, or the engine
    /// cannot store it; in a unit test that made this by hand always.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the instance may or may not be started.
    pub async fn start<M: Machine>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        call: FlowCall<M>,
    ) -> Result<(), OutsideError> {
        let id = valid(id)?;
        let arguments = call.arguments().map_err(unusable)?;
        let started = self.outside()?.start(id, TypeId::of::<M>(), arguments);
        started.await
    }
}

fn valid(id: impl TryInto<InstanceId, Error: Into<InvalidId>>) -> Result<InstanceId, OutsideError> {
    let id = id.try_into().map_err(Into::into);
    id.map_err(|invalid: InvalidId| unusable(invalid))
}

fn unusable(problem: impl std::fmt::Display) -> OutsideError {
    let problem = format!("{problem}");
    OutsideError::Unusable { problem }
}
