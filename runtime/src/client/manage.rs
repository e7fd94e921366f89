//! What operators do: retry what is parked, remove what is not needed, read
//! what happened.

use super::error::{DeleteError, LookError, RetryError};
use crate::engine::{Engine, Event};
use crate::ids::{InstanceId, InvalidId};
use crate::record::Entry;

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
        let done = self.ask(event).await;
        done.map_err(|refusal| RetryError::new(&id, refusal))
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
        let done = self.ask(event).await;
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
            let mut entries = Vec::new();
            let mut next = hot.journal.last;
            // Rows that were trimmed away end the chain.
            while let Some(seq) = next {
                let Some(entry) = view.entry(seq)?.filter(|entry| entry.key == key) else {
                    break;
                };
                next = entry.previous;
                entries.push(entry);
            }
            entries.reverse();
            Ok(Some(entries))
        });
        found.await?.ok_or(LookError::Unknown { id })
    }
}
