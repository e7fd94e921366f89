//! Cleaning up: finished instances after their retention time, and what
//! removed ones left. Small batches, so that running flows hardly notice.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::core::Core;
use crate::store::StoreError;
use crate::time::Timestamp;
use crate::turn::Write;

/// So many instances are purged in one batch.
const MAX_PURGED: usize = 128;
/// So many rows of garbage are removed in one batch.
const MAX_SWEPT: u32 = 1024;
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

pub(super) struct Retention {
    /// How long finished instances are kept; `None` for ever.
    keep: Option<Duration>,
    next: Option<Timestamp>,
    /// The batch that must be durable before the next round.
    cleaned: u64,
}

impl Retention {
    pub(super) fn new(keep: Option<Duration>) -> Self {
        Self {
            keep,
            next: Some(Timestamp::default()),
            cleaned: 0,
        }
    }

    /// There is something to clean up.
    pub(super) fn soon(&mut self) {
        self.next = Some(Timestamp::default());
    }
}

impl Core {
    /// When to wake up for cleaning; `None` when a commit will.
    pub(super) fn next_clean(&self) -> Option<Timestamp> {
        let committed = self.committed.load(Ordering::Acquire);
        let next = self.retention.next;
        next.filter(|_| self.retention.cleaned <= committed)
    }

    /// Cleans up a little, if it is time.
    pub(super) fn clean(&mut self) {
        let now = self.clock.now();
        if self.next_clean().is_none_or(|next| next > now) {
            return;
        }
        match self.clean_some(now) {
            Err(error) => self.store_failed(error),
            Ok(true) => {
                self.retention.cleaned = self.pending.no;
                self.pending.notify = true;
                self.retention.soon();
            }
            Ok(false) => {
                let pause = self.retention.keep.map(|keep| keep / 10);
                self.retention.next =
                    pause.map(|pause| now + pause.clamp(Duration::from_millis(10), LONGEST_PAUSE));
            }
        }
    }

    /// One round; true when there may be more to do.
    fn clean_some(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        let (ended, garbage) = {
            let view = self.store.view()?;
            let ended = match self.retention.keep {
                Some(keep) => view.ended(now - keep, MAX_PURGED)?,
                None => Vec::new(),
            };
            (ended, view.has_garbage()?)
        };
        let purged = !ended.is_empty();
        for key in ended {
            if let Some(state) = self.state(key) {
                self.remove(&state);
            }
        }
        if garbage {
            self.pending.writes.push(Write::Sweep { rows: MAX_SWEPT });
        }
        Ok(purged || garbage)
    }
}
