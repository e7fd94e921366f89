//! What an attempt and whoever runs it tell each other, from any thread.
//!
//! In: signs of life from the action's body, whose details the next attempt reads. Out:
//! that nobody waits for it any more.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
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
    begun: AtomicBool,
    stopped: AtomicBool,
    stop: Notify,
}

impl Heart {
    pub(crate) fn new(before: Option<Payload>, max_bytes: usize) -> Self {
        Self {
            max_bytes,
            before,
            said: Mutex::default(),
            beaten: Notify::new(),
            begun: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            stop: Notify::new(),
        }
    }

    /// Tells the attempt that nobody waits for its outcome any more.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.stop.notify_waiters();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// The attempt begins, unless it was stopped before: false then.
    pub(crate) fn begin(&self) -> bool {
        // Of one who begins and one who stops it at the same time at least one sees the
        // other: what has begun is never taken for what has not.
        self.begun.store(true, Ordering::SeqCst);
        !self.is_stopped()
    }

    /// Whether it may have begun.
    pub(crate) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Comes to its end when nobody waits for the attempt any more.
    pub(super) async fn stopped(&self) {
        let told = self.stop.notified();
        // It hears of a stop from when it was made, so none is missed between.
        if !self.is_stopped() {
            told.await;
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
