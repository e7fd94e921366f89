//! Signs of life of an attempt, and what they leave for the next one.
//!
//! In: details from the action's body, from any thread. Out: what is not stored yet,
//! to whoever runs the attempt.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::codec::EncodeError;
use crate::payload::Payload;
use crate::report::debug_as_text;

debug_as_text!(HeartbeatError);

/// Why the details of a heartbeat were not taken. The heartbeat itself counts.
///
/// `{:?}` gives its text, since a `main` that returns it prints that.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum HeartbeatError {
    /// They cannot be encoded.
    #[error("the details of a heartbeat cannot be stored")]
    Encode(#[from] EncodeError),
    /// They are too large.
    #[error(
        "the details of a heartbeat have {size} bytes, and at most {limit} can be stored; \
         say where the action is, not what it has"
    )]
    TooLarge {
        /// Their size.
        size: usize,
        /// The limit: [`Builder::max_value_bytes`](crate::engine::Builder::max_value_bytes).
        limit: usize,
    },
}

/// What an attempt and whoever runs it share.
pub(crate) struct Heart {
    max_bytes: usize,
    /// What the last heartbeat of an attempt before said.
    before: Option<Payload>,
    /// What was said since and is not handed over yet.
    said: Mutex<Option<Payload>>,
    beaten: Notify,
}

impl Heart {
    pub(crate) fn new(before: Option<Payload>, max_bytes: usize) -> Self {
        Self {
            max_bytes,
            before,
            said: Mutex::default(),
            beaten: Notify::new(),
        }
    }

    pub(super) fn beat(&self, details: Result<Payload, EncodeError>) -> Result<(), HeartbeatError> {
        let taken = details.map_err(HeartbeatError::from).and_then(|details| {
            let (size, limit) = (details.bytes().len(), self.max_bytes);
            if size > limit {
                return Err(HeartbeatError::TooLarge { size, limit });
            }
            *self.said() = Some(details);
            Ok(())
        });
        self.beaten.notify_one();
        taken
    }

    pub(super) fn before(&self) -> Option<&Payload> {
        self.before.as_ref()
    }

    /// Comes to its end with the next heartbeat.
    ///
    /// # Cancel safety
    ///
    /// No heartbeat is lost when the future is dropped.
    pub(crate) async fn beaten(&self) {
        self.beaten.notified().await;
    }

    /// What is to be stored, once.
    pub(crate) fn take(&self) -> Option<Payload> {
        self.said().take()
    }

    pub(crate) fn has_said(&self) -> bool {
        self.said().is_some()
    }

    fn said(&self) -> std::sync::MutexGuard<'_, Option<Payload>> {
        // It is whole at any time, also when somebody panicked with it.
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Heart {
    fn default() -> Self {
        Self::new(None, usize::MAX)
    }
}

impl fmt::Debug for Heart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Heart")
    }
}
