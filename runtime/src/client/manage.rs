//! What operators do: retry what is parked, remove what is not needed, read
//! what happened.

use super::error::{DeleteError, LookError, RetryError, SkipError};
use crate::engine::{Engine, Event};
use crate::ids::{InstanceId, InstanceKey, InvalidId};
use crate::record::{Entry, Hot};
use crate::store::{StoreError, View};

impl Engine {
    /// Lets a parked instance go on: what could not be applied is applied
    /// again, an action gets a fresh set of attempts.
    ///
    /// # Errors
    ///
    /// [`RetryError`] when there is no such instance or it is not parked.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped it may or may not be retried.
    pub async fn retry(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<(), RetryError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let event = |reply| Event::Retry {
            id: id.clone(),
            reply,
        };
        let done = self.command(event).await;
        done.map_err(|refusal| RetryError::new(&id, refusal))
    }

    /// Drops the message with which an instance is parked: one of another type
    /// than it receives ([`ParkReason::UnreadableMessage`](crate::record::ParkReason::UnreadableMessage)), or one with which
    /// its code panics. It then waits for the next message of the channel. The
    /// journal keeps what was dropped.
    ///
    /// # Errors
    ///
    /// [`SkipError`] when there is no such instance, or no message is why it is
    /// parked. Code that no longer fits the instance parks it with the message
    /// that came, too: that one is good, and stays for [`retry`](Engine::retry).
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the message may or may not be skipped. Look
    /// before calling again: the instance may be parked with the next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// const AMOUNT: Channel<u32> = Channel::new("amount");
    ///
    /// #[flow]
    /// async fn pay() -> u32 {
    ///     flow::receive(AMOUNT).await
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let handle = engine.start("pay-1", pay()).await?;
    /// engine.send("pay-1", Channel::new("amount"), "ten".to_owned()).await?;
    /// let Stopped::Parked(reason) = handle.finished_or_parked().await? else {
    ///     panic!("text is no number")
    /// };
    /// println!("{reason}"); // pay::receive at src/main.rs:7 receives from `amount`, ..
    /// engine.skip_message("pay-1").await?;
    /// engine.send("pay-1", AMOUNT, 10).await?;
    /// assert_eq!(handle.result().await?, 10);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn skip_message(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<(), SkipError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let event = |reply| Event::SkipMessage {
            id: id.clone(),
            reply,
        };
        let done = self.command(event).await;
        done.map_err(|refusal| SkipError::new(&id, refusal))
    }

    /// Removes a finished or parked instance with its journal and messages.
    /// Its id can be used again at once.
    ///
    /// # Errors
    ///
    /// [`DeleteError`] when there is no such instance or it is live.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped it may or may not be deleted.
    pub async fn delete(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<(), DeleteError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.remove(id, false).await
    }

    /// Removes an instance whatever it does. An action that runs is told (see
    /// [`ActionCx::is_cancelled`](crate::action::ActionCx::is_cancelled)) and
    /// its outcome dropped; no code of the flow runs.
    ///
    /// # Errors
    ///
    /// [`DeleteError`] when there is no such instance.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped it may or may not be deleted.
    pub async fn force_delete(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<(), DeleteError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        self.remove(id, true).await
    }

    async fn remove(&self, id: InstanceId, force: bool) -> Result<(), DeleteError> {
        let event = |reply| Event::Delete {
            id: id.clone(),
            force,
            reply,
        };
        let done = self.command(event).await;
        done.map_err(|refusal| DeleteError::new(&id, refusal))
    }

    /// What an instance did, oldest first, as far as the journal was kept.
    ///
    /// # Errors
    ///
    /// [`LookError`] when there is no such instance or the store cannot be
    /// read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn journal(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Vec<Entry>, LookError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let wanted = id.clone();
        let found = self.read(move |view| {
            let Some(key) = view.find(&wanted)? else {
                return Ok(None);
            };
            let Some((_, hot)) = view.load(key)? else {
                return Ok(None);
            };
            let entries: Result<Vec<_>, _> = newest_first(view, key, &hot).collect();
            let mut entries = entries?;
            entries.reverse();
            Ok(Some(entries))
        });
        found.await?.ok_or(LookError::Unknown { id })
    }
}

/// The journal of an instance, the newest row first. Rows that were trimmed away end it.
pub(super) fn newest_first(
    view: &dyn View,
    key: InstanceKey,
    hot: &Hot,
) -> impl Iterator<Item = Result<Entry, StoreError>> {
    let mut next = hot.journal.last;
    std::iter::from_fn(move || match view.entry(next.take()?).transpose()? {
        Ok(entry) if entry.key == key => {
            next = entry.previous;
            Some(Ok(entry))
        }
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    })
}
