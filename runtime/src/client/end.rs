//! Ending an instance from outside, and its children.

use super::error::{CancelError, LookError};
use crate::engine::{Engine, Event};
use crate::ids::{InstanceId, InvalidId};

/// So many children are listed at most.
const MAX_CHILDREN: usize = 10_000;

impl Engine {
    /// Cancels an instance: its flow ends at the `.await` at which it stands, once
    /// nothing that it waits for is [shielded](crate::flow::shield).
    ///
    /// Actions that run are told (see
    /// [`ActionCx::is_cancelled`](crate::action::ActionCx::is_cancelled)), timers go,
    /// children are cancelled, and what [`on_failure`](crate::flow::on_failure) said is
    /// undone. A flow that waits for [`flow::cancelled()`](crate::flow::cancelled) is
    /// told instead. A parked instance ends at its step. The answer comes when the
    /// cancel is durable, which may be before the end: [`Handle::result`] waits for that.
    ///
    /// Cancelling again does nothing, and is no error as long as the instance has not
    /// ended otherwise; the first reason stays.
    ///
    /// [`Handle::result`]: super::Handle::result
    ///
    /// # Errors
    ///
    /// [`CancelError`] when there is no such instance, or it has ended otherwise.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the instance may or may not be cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[flow]
    /// async fn remind() {
    ///     flow::sleep(Duration::from_secs(24 * 3600)).await;
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let reminder = engine.start("r", remind()).await?;
    /// reminder.cancel("not needed any more").await?;
    /// let error = reminder.result().await.unwrap_err();
    /// assert_eq!(error.to_string(), "`r` was cancelled: not needed any more");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn cancel(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        reason: impl Into<String>,
    ) -> Result<(), CancelError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let event = |reply| Event::Cancel {
            id: id.clone(),
            reason: reason.into(),
            reply,
        };
        let done = self.ask(event).await;
        done.map_err(|refusal| CancelError::new(&id, refusal))
    }

    /// Ends an instance at once, whatever it shields or undoes. Nothing is undone; its
    /// actions are told, its children cancelled.
    ///
    /// # Errors
    ///
    /// As [`cancel`](Engine::cancel).
    ///
    /// # Cancel safety
    ///
    /// As [`cancel`](Engine::cancel).
    pub async fn terminate(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        reason: impl Into<String>,
    ) -> Result<(), CancelError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.end(id, reason.into(), false).await
    }

    /// The same, but undoes first what [`on_failure`](crate::flow::on_failure) said: a
    /// cancel that heeds no shield and tells no flow.
    ///
    /// # Errors
    ///
    /// As [`cancel`](Engine::cancel).
    ///
    /// # Cancel safety
    ///
    /// As [`cancel`](Engine::cancel).
    pub async fn terminate_and_undo(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        reason: impl Into<String>,
    ) -> Result<(), CancelError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.end(id, reason.into(), true).await
    }

    async fn end(&self, id: InstanceId, reason: String, undo: bool) -> Result<(), CancelError> {
        let event = |reply| Event::Terminate {
            id: id.clone(),
            reason,
            undo,
            reply,
        };
        let done = self.ask(event).await;
        done.map_err(|refusal| CancelError::new(&id, refusal))
    }

    /// The children of an instance that are kept, in the order in which they were
    /// started; at most 10,000.
    ///
    /// # Errors
    ///
    /// [`LookError`] when there is no such instance or the store cannot be read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn children(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Vec<InstanceId>, LookError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let wanted = id.clone();
        let found = self.read(move |view| {
            let Some(key) = view.find(&wanted)? else {
                return Ok(None);
            };
            let mut children = Vec::new();
            for child in view.children(key, None, MAX_CHILDREN)? {
                if let Some((instance, _)) = view.load(child)? {
                    children.push(instance.id);
                }
            }
            Ok(Some(children))
        });
        found.await?.ok_or(LookError::Unknown { id })
    }
}
