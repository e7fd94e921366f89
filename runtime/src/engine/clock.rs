//! What time it is for an engine: the system's clock, or one moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::time::Timestamp;

#[derive(Debug, Clone)]
pub(super) enum Clock {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub(super) fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.as_micros())))
    }

    pub(super) fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::wall_clock(),
            Self::Manual(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// How long a thread may sleep until `at`: a clock moved by hand wakes the
    /// thread itself; the system's is looked at every second, since it may
    /// jump and stands still for sleeping threads while the machine sleeps.
    pub(super) fn wait_until(&self, at: Timestamp) -> Option<Duration> {
        match self {
            Self::System => Some(at.since(self.now()).min(Duration::from_secs(1))),
            Self::Manual(_) => (at <= self.now()).then_some(Duration::ZERO),
        }
    }

    /// Moves a clock made by hand; does nothing to the system's.
    pub(super) fn advance(&self, by: Duration) {
        if let Self::Manual(micros) = self {
            let now = Timestamp::from_micros(micros.load(Ordering::SeqCst));
            micros.store((now + by).as_micros(), Ordering::SeqCst);
        }
    }
}
