//! A handle: one instance, and the type of its result.

use std::fmt;

use tokio::sync::oneshot;

use super::describe::Description;
use super::error::{CancelError, LookError, ResultError, RetryError, SendError};
use crate::codec::DecodeError;
use crate::durable::Durable;
use crate::engine::{Engine, Event, Outcome};
use crate::flow::Channel;
use crate::ids::{InstanceId, InvalidId};
use crate::payload::Payload;
use crate::record::{Ending, ParkReason};

/// An instance whose flow returns a `T`.
pub struct Handle<T> {
    engine: Engine,
    id: InstanceId,
    /// How its result is decoded.
    result: fn(&Payload) -> Result<T, DecodeError>,
}

/// How an instance came to a stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped<T> {
    /// It ended with this.
    Finished(T),
    /// It is parked for this reason.
    Parked(ParkReason),
    /// It was cancelled.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// It was terminated.
    Terminated {
        /// Why.
        reason: String,
    },
}

impl Engine {
    /// A handle to the instance `id`, whether or not there is one; its flow is
    /// taken to return a `T`.
    ///
    /// # Errors
    ///
    /// [`InvalidId`] when no instance can have this id.
    pub fn handle<T: Durable>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Handle<T>, InvalidId> {
        let id = id.try_into().map_err(Into::into)?;
        Ok(Handle::new(self.clone(), id, Payload::decode))
    }
}

impl<T> Handle<T> {
    pub(super) fn new(
        engine: Engine,
        id: InstanceId,
        result: fn(&Payload) -> Result<T, DecodeError>,
    ) -> Self {
        Self { engine, id, result }
    }

    /// A handle to an instance of the same flow.
    pub(super) fn of_another(&self, id: InstanceId) -> Self {
        Self::new(self.engine.clone(), id, self.result)
    }

    /// The engine that runs it.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The instance's id.
    #[must_use]
    pub fn id(&self) -> &InstanceId {
        &self.id
    }

    /// Waits for the end of the instance and gives what its flow returned.
    ///
    /// A parked instance has not ended: this waits until somebody retried it
    /// and it went on. [`finished_or_parked`](Handle::finished_or_parked) does
    /// not.
    ///
    /// # Errors
    ///
    /// [`ResultError`] when there is no such instance, it is deleted, or its
    /// result is of another type; in a test that checks segments also when its
    /// flow is found not to be deterministic.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn result(&self) -> Result<T, ResultError> {
        loop {
            match self.watch(false).await? {
                Outcome::Ended(ending) => return self.ended(ending),
                Outcome::Parked(ParkReason::NotDeterministic { finding }) => {
                    let id = self.id.clone();
                    return Err(ResultError::NotDeterministic { id, finding });
                }
                Outcome::Parked(_) => {}
            }
        }
    }

    /// Waits until the instance has ended or is parked.
    ///
    /// # Errors
    ///
    /// As [`result`](Handle::result).
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn finished_or_parked(&self) -> Result<Stopped<T>, ResultError> {
        Ok(match self.watch(true).await? {
            Outcome::Ended(Ending::Returned(payload)) => Stopped::Finished(self.decode(&payload)?),
            Outcome::Ended(Ending::Cancelled { reason }) => Stopped::Cancelled { reason },
            Outcome::Ended(Ending::Terminated { reason }) => Stopped::Terminated { reason },
            Outcome::Parked(reason) => Stopped::Parked(reason),
        })
    }

    /// Sends it a message; as [`Engine::send`].
    ///
    /// # Errors
    ///
    /// As [`Engine::send`].
    ///
    /// # Cancel safety
    ///
    /// As [`Engine::send`].
    pub async fn send<M: Durable>(&self, channel: Channel<M>, message: M) -> Result<(), SendError> {
        self.engine.send_to(&self.id, channel, &message, None).await
    }

    /// What the instance is doing; as [`Engine::describe`].
    ///
    /// # Errors
    ///
    /// As [`Engine::describe`].
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn describe(&self) -> Result<Description, LookError> {
        self.engine.describe_id(&self.id).await
    }

    /// Lets it go on if it is parked; as [`Engine::retry`].
    ///
    /// # Errors
    ///
    /// As [`Engine::retry`].
    ///
    /// # Cancel safety
    ///
    /// As [`Engine::retry`].
    pub async fn retry(&self) -> Result<(), RetryError> {
        self.engine.retry(&self.id).await
    }

    /// Cancels it; as [`Engine::cancel`].
    ///
    /// # Errors
    ///
    /// As [`Engine::cancel`].
    ///
    /// # Cancel safety
    ///
    /// As [`Engine::cancel`].
    pub async fn cancel(&self, reason: impl Into<String>) -> Result<(), CancelError> {
        self.engine.cancel(&self.id, reason).await
    }

    async fn watch(&self, or_parked: bool) -> Result<Outcome, ResultError> {
        let (reply, answer) = oneshot::channel();
        let id = self.id.clone();
        let event = Event::Watch {
            id,
            or_parked,
            reply,
        };
        let refused = |refusal| ResultError::new(&self.id, refusal);
        self.engine.inner.send(event).map_err(refused)?;
        match answer.await {
            Ok(told) => told.map_err(refused),
            Err(_) => Err(ResultError::Stopped),
        }
    }

    fn ended(&self, ending: Ending) -> Result<T, ResultError> {
        let id = self.id.clone();
        match ending {
            Ending::Returned(payload) => self.decode(&payload),
            Ending::Cancelled { reason } => Err(ResultError::Cancelled { id, reason }),
            Ending::Terminated { reason } => Err(ResultError::Terminated { id, reason }),
        }
    }

    fn decode(&self, payload: &Payload) -> Result<T, ResultError> {
        (self.result)(payload).map_err(|source| ResultError::Decode {
            id: self.id.clone(),
            source,
        })
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine.clone(),
            id: self.id.clone(),
            result: self.result,
        }
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
