//! What the body of an action can know about its attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::{Outside, OutsideError};
use crate::ids::{InstanceId, LeafId};

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

    /// Whether the attempt should end: it ran out of time, or the engine
    /// stops. A plain `fn` action that runs long should ask now and then.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|flag| *flag.borrow())
    }

    /// Waits until [`ActionCx::is_cancelled`].
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn cancelled(&self) {
        let Some(flag) = &self.cancelled else {
            return std::future::pending().await;
        };
        let mut flag = watch::Receiver::clone(flag);
        if flag.wait_for(|cancelled| *cancelled).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
