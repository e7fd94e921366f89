//! How long to wait before the store is opened again.
//!
//! Not at all after the first failure, then longer and longer. A commit ends
//! that, unless the turn thread itself failed: it may get as far as a commit
//! each time and fail behind it, which must not become a busy loop.

use std::time::{Duration, Instant};

use super::clock::Clock;

const FIRST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(5);
/// A turn thread that has not failed for so long is well again.
const WELL: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub(super) struct Pauses {
    next: Duration,
    turn_failed: Option<Instant>,
}

impl Pauses {
    /// The pause before the next attempt to open the store.
    pub(super) fn next(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).clamp(FIRST, LONGEST);
        pause
    }

    /// Something was committed.
    pub(super) fn committed(&mut self, clock: &Clock) {
        let is_well = |failed| clock.instant().saturating_duration_since(failed) > WELL;
        if self.turn_failed.is_none_or(is_well) {
            *self = Self::default();
        }
    }

    /// The turn thread failed: it panicked, or could not read.
    pub(super) fn turn_failed(&mut self, clock: &Clock) {
        self.turn_failed = Some(clock.instant());
    }
}
