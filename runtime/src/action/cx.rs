//! What the body of an action can know about its attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::{Heart, HeartbeatError, Outside, OutsideError};
use crate::codec::DecodeError;
use crate::durable::Durable;
use crate::ids::{InstanceId, LeafId};
use crate::payload::Payload;

/// The present attempt, for an action that names `ActionCx` as a parameter.
///
/// It does not appear in the call.
#[derive(Debug, Clone)]
pub struct ActionCx {
    instance: InstanceId,
    leaf: LeafId,
    attempt: u32,
    timeout: Option<Duration>,
    cancelled: Option<Arc<watch::Receiver<bool>>>,
    outside: Option<Arc<dyn Outside>>,
    /// How many messages it has sent.
    messages: Arc<AtomicU64>,
    heart: Arc<Heart>,
}

impl ActionCx {
    /// The attempt of a call; made by the engine, or by a unit test.
    #[must_use]
    pub fn new(instance: InstanceId, leaf: LeafId, attempt: u32) -> Self {
        Self {
            instance,
            leaf,
            attempt,
            timeout: None,
            cancelled: None,
            outside: None,
            messages: Arc::default(),
            heart: Arc::default(),
        }
    }

    /// With the time limit of the attempt.
    #[must_use]
    pub fn with_timeout(self, timeout: Option<Duration>) -> Self {
        Self { timeout, ..self }
    }

    /// With a flag that turns true when nobody waits for the outcome any more.
    #[must_use]
    pub fn with_cancel(self, cancelled: watch::Receiver<bool>) -> Self {
        Self {
            cancelled: Some(Arc::new(cancelled)),
            ..self
        }
    }

    /// With what the last heartbeat of an attempt before said; for unit tests of an
    /// action's body.
    ///
    /// # Errors
    ///
    /// [`HeartbeatError::Encode`] when it cannot be stored.
    #[expect(clippy::needless_pass_by_value, reason = "what was said is given away")]
    pub fn with_last_heartbeat<T: Durable>(self, details: T) -> Result<Self, HeartbeatError> {
        let before = Payload::encode(&details)?;
        Ok(self.with_heart(Arc::new(Heart::new(Some(before), usize::MAX))))
    }

    /// With what it shares with whoever runs it.
    #[must_use]
    pub(crate) fn with_heart(self, heart: Arc<Heart>) -> Self {
        Self { heart, ..self }
    }

    /// With the engine.
    #[must_use]
    pub(crate) fn with_outside(self, outside: Arc<dyn Outside>) -> Self {
        let outside = Some(outside);
        Self { outside, ..self }
    }

    pub(crate) fn outside(&self) -> Result<&dyn Outside, OutsideError> {
        self.outside
            .as_deref()
            .ok_or_else(|| OutsideError::Unavailable {
                problem: "there is none: the action was run by hand".to_owned(),
            })
    }

    /// The id of the next message of this attempt.
    pub(crate) fn next_message_id(&self) -> String {
        let number = self.messages.fetch_add(1, Ordering::Relaxed);
        format!("{}#{number}", self.idempotency_key())
    }

    /// The instance that called.
    #[must_use]
    pub fn instance(&self) -> &InstanceId {
        &self.instance
    }

    /// Which attempt this is, counted from 1. Attempts that a crash cut off
    /// count too.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The longest this attempt may take.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// `instance/leaf`: the same for every attempt of this call, and for no
    /// other call. Give it to services that can recognise a repeated request.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        format!("{}/{}", self.instance, self.leaf)
    }

    /// Says that the attempt is alive, and how far it is.
    ///
    /// Where the action has a limit (`#[action(heartbeat = "30s")]`), an attempt that
    /// gives no heartbeat for so long has failed as if it had taken longer than its
    /// `timeout`, with [`ActionFailure::HeartbeatMissed`](super::ActionFailure): a hung
    /// one is found long before a long one must end.
    ///
    /// The details of the last heartbeat are what [`ActionCx::last_heartbeat`] gives to
    /// the next attempt. They are stored when the attempt fails, is cut off or has taken
    /// too long, and in between at most once a second, so that heartbeats cost little
    /// however many there are: a crash loses the last second of them. This call itself
    /// waits for nothing, and can be made from any thread.
    ///
    /// # Errors
    ///
    /// [`HeartbeatError`] when the details cannot be stored; those before them stay. The
    /// heartbeat counts all the same.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[action(heartbeat = "30s")]
    /// async fn import(cx: ActionCx, rows: u64) -> Result<u64, String> {
    ///     // The first row that an attempt before did not come to.
    ///     let first = cx.last_heartbeat().map_err(|error| error.to_string())?;
    ///     for row in first.unwrap_or(0)..rows {
    ///         // .. put the row where it belongs ..
    ///         cx.heartbeat(row + 1).map_err(|error| error.to_string())?;
    ///     }
    ///     Ok(rows)
    /// }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "what is said is given away")]
    pub fn heartbeat<T: Durable>(&self, details: T) -> Result<(), HeartbeatError> {
        self.heart.beat(Payload::encode(&details))
    }

    /// What the last stored heartbeat of an earlier attempt of this call said; `None`
    /// when there was none.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when that was another type.
    pub fn last_heartbeat<T: Durable>(&self) -> Result<Option<T>, DecodeError> {
        self.heart.before().map(Payload::decode).transpose()
    }

    /// Whether the attempt should end: it ran out of time, or the engine
    /// stops. A plain `fn` action that runs long should ask now and then.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        let by_hand = self.cancelled.as_ref().is_some_and(|flag| *flag.borrow());
        by_hand || self.heart.is_stopped()
    }

    /// Waits until [`ActionCx::is_cancelled`].
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn cancelled(&self) {
        let by_hand = async {
            let mut flag = self.cancelled.as_deref().cloned()?;
            flag.wait_for(|cancelled| *cancelled).await.ok().map(drop)
        };
        tokio::select! {
            Some(()) = by_hand => {}
            () = self.heart.stopped() => {}
        }
    }
}
