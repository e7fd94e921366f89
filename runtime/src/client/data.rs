//! What a flow put for others to read: its status, and values by key.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::Handle;
use super::error::DataError;
use crate::durable::Durable;
use crate::engine::{Engine, Event, Look, Looker};
use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::record::Datum;

impl<T> Handle<T> {
    /// The status that the flow set last by
    /// [`flow::set_status`](crate::flow::set_status), with its version, which grows with
    /// each step that sets it; `None` when it never set one.
    ///
    /// It is what is durable at this moment, also after the end of the instance.
    ///
    /// # Errors
    ///
    /// [`DataError`] when there is no such instance, or its status is no `S`.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[flow]
    /// async fn count(most: u32) {
    ///     for number in 1..=most {
    ///         flow::set_status(number);
    ///         flow::sleep(Duration::from_millis(1)).await;
    ///     }
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let count = engine.start("c", count(2)).await?;
    /// count.result().await?;
    /// let (_version, status) = count.status::<u32>().await?.expect("it set two");
    /// assert_eq!(status, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn status<S: Durable>(&self) -> Result<Option<(u64, S)>, DataError> {
        let name = DataKey::status();
        let found = self.datum(&name).await?;
        found.map(|datum| self.versioned(&name, &datum)).transpose()
    }

    /// Watches the status of the flow: first the present one, if there is one, then newer
    /// ones as they become durable.
    ///
    /// Statuses that follow each other faster than they are asked for may be skipped, the
    /// last one never. Any number may watch, at any time; who does not ask costs nothing.
    ///
    /// # Examples
    ///
    /// See [`flow::set_status`](crate::flow::set_status).
    #[must_use]
    pub fn watch_status<S: Durable>(&self) -> StatusWatch<S> {
        StatusWatch {
            handle: Handle::new(self.engine().clone(), self.id().clone(), |_| Ok(())),
            seen: None,
            status: PhantomData,
        }
    }

    /// The value that the flow keeps under a key, by [`flow::put`](crate::flow::put);
    /// `None` when there is none.
    ///
    /// It is what is durable at this moment, also after the end of the instance.
    ///
    /// # Errors
    ///
    /// [`DataError`] when there is no such instance, the key is none, or the value is no
    /// `V`.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Examples
    ///
    /// See [`flow::put`](crate::flow::put).
    pub async fn get<V: Durable>(&self, key: impl AsRef<str>) -> Result<Option<V>, DataError> {
        let name = DataKey::new(key.as_ref())?;
        let found = self.datum(&name).await?;
        let decoded = found.map(|datum| datum.value.decode()).transpose();
        decoded.map_err(|source| DataError::decode(self.id(), &name, source))
    }

    /// Waits until the flow keeps a value under a key, and gives it once it is durable.
    ///
    /// There is no time limit; `tokio::time::timeout` sets one.
    ///
    /// # Errors
    ///
    /// As [`get`](Handle::get); [`DataError::Ended`] when the instance ends without such a
    /// value, or has.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Examples
    ///
    /// See [`flow::put`](crate::flow::put).
    pub async fn wait_for<V: Durable>(&self, key: impl AsRef<str>) -> Result<V, DataError> {
        let name = DataKey::new(key.as_ref())?;
        match self.look(&name, None).await? {
            Look::Found(_, datum) => {
                let decoded = datum.value.decode();
                decoded.map_err(|source| DataError::decode(self.id(), &name, source))
            }
            Look::Ended => Err(DataError::Ended {
                id: self.id().clone(),
                key: name.as_str().to_owned(),
            }),
        }
    }

    async fn datum(&self, name: &DataKey) -> Result<Option<Datum>, DataError> {
        let found = self.engine().datum(self.id(), name).await?;
        let unknown = || DataError::Unknown {
            id: self.id().clone(),
        };
        found.ok_or_else(unknown)
    }

    fn versioned<S: Durable>(&self, name: &DataKey, datum: &Datum) -> Result<(u64, S), DataError> {
        let decoded = datum.value.decode();
        let status = decoded.map_err(|source| DataError::decode(self.id(), name, source))?;
        Ok((datum.version, status))
    }

    /// A value newer than `after`, once it is durable.
    async fn look(
        &self,
        name: &DataKey,
        after: Option<(InstanceKey, u64)>,
    ) -> Result<Look, DataError> {
        let (reply, answer) = oneshot::channel();
        let looker = Looker {
            id: self.id().clone(),
            name: name.clone(),
            after,
            reply,
        };
        let refused = |refusal| DataError::new(self.id(), refusal);
        let sent = self.engine().inner.send(Event::Look(looker));
        sent.map_err(refused)?;
        answer
            .await
            .map_err(|_| DataError::Stopped)?
            .map_err(refused)
    }
}

impl Engine {
    /// What is stored of an instance under a name; `None` when there is no such instance.
    async fn datum(
        &self,
        id: &InstanceId,
        name: &DataKey,
    ) -> Result<Option<Option<Datum>>, DataError> {
        let (id, name) = (id.clone(), name.clone());
        let found = self.read(move |view| {
            let key = view.find(&id)?;
            key.map(|key| view.datum(key, &name)).transpose()
        });
        found
            .await
            .map_err(|error| DataError::Store(Arc::new(error)))
    }
}

/// The statuses of an instance, one after the other; see [`Handle::watch_status`].
pub struct StatusWatch<S> {
    handle: Handle<()>,
    /// What it gave last, and of which instance: an id can be used again.
    seen: Option<(InstanceKey, u64)>,
    status: PhantomData<fn() -> S>,
}

impl<S: Durable> StatusWatch<S> {
    /// The newest status that this has not given yet, with its version; waits until there
    /// is one. `None` once the instance has ended, and the last was given.
    ///
    /// A parked instance has not ended: somebody may retry it.
    ///
    /// # Errors
    ///
    /// [`DataError`] when there is no such instance, it is deleted, or its status is no
    /// `S`; the next call then goes on with the one after it.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped: the next call gives what this one would
    /// have given, or a newer one.
    pub async fn next(&mut self) -> Result<Option<(u64, S)>, DataError> {
        let name = DataKey::status();
        match self.handle.look(&name, self.seen).await? {
            Look::Ended => Ok(None),
            Look::Found(key, datum) => {
                self.seen = Some((key, datum.version));
                self.handle.versioned(&name, &datum).map(Some)
            }
        }
    }
}

impl<S> fmt::Debug for StatusWatch<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusWatch")
            .field("id", self.handle.id())
            .finish_non_exhaustive()
    }
}
