//! What time it is for an engine: the system's clock, one moved by hand, or that
//! of a simulation.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use crate::time::Timestamp;

#[derive(Debug, Clone)]
pub(crate) enum Clock {
    System,
    /// Wall time is moved by hand; waits for the world are real.
    Manual(Arc<AtomicI64>),
    /// Nothing takes time: all of it is moved.
    #[cfg(feature = "testing")]
    Virtual(Arc<Virtual>),
}

#[cfg(feature = "testing")]
#[derive(Debug)]
pub(crate) struct Virtual {
    micros: AtomicI64,
    start: Timestamp,
    begun: Instant,
}

impl Clock {
    pub(super) fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.as_micros())))
    }

    #[cfg(feature = "testing")]
    pub(crate) fn simulated(start: Timestamp) -> Self {
        Self::Virtual(Arc::new(Virtual {
            micros: AtomicI64::new(start.as_micros()),
            start,
            begun: Instant::now(),
        }))
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::wall_clock(),
            Self::Manual(micros) => read(micros),
            #[cfg(feature = "testing")]
            Self::Virtual(clock) => read(&clock.micros),
        }
    }

    /// A reading that only grows, for how long something may take.
    pub(super) fn instant(&self) -> Instant {
        match self {
            Self::System | Self::Manual(_) => Instant::now(),
            #[cfg(feature = "testing")]
            Self::Virtual(clock) => clock.begun + self.now().since(clock.start),
        }
    }

    /// How long a thread may sleep until `at`: a clock moved by hand wakes the
    /// thread itself; the system's is looked at every second, since it may
    /// jump and stands still for sleeping threads while the machine sleeps.
    pub(super) fn wait_until(&self, at: Timestamp) -> Option<Duration> {
        match self {
            Self::System => Some(at.since(self.now()).min(Duration::from_secs(1))),
            Self::Manual(_) => (at <= self.now()).then_some(Duration::ZERO),
            #[cfg(feature = "testing")]
            Self::Virtual(_) => Some(at.since(self.now())),
        }
    }

    /// Moves a clock made by hand; does nothing to the system's.
    pub(crate) fn advance(&self, by: Duration) {
        match self {
            Self::System => {}
            Self::Manual(micros) => forward(micros, by),
            #[cfg(feature = "testing")]
            Self::Virtual(clock) => forward(&clock.micros, by),
        }
    }
}

fn read(micros: &AtomicI64) -> Timestamp {
    Timestamp::from_micros(micros.load(Ordering::SeqCst))
}

fn forward(micros: &AtomicI64, by: Duration) {
    micros.store((read(micros) + by).as_micros(), Ordering::SeqCst);
}
