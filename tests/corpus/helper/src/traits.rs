//! Traits whose usual implementations ask the system.

use std::fmt;
use std::time::Instant;

use crate::seconds;

/// A clock to be handed in.
pub trait Clock {
    fn seconds(&self) -> u64;

    /// Provided, as many are.
    fn minutes(&self) -> u64 {
        self.seconds() / 60
    }
}

/// The machine's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn seconds(&self) -> u64 {
        seconds()
    }
}

/// The clock that a program has by default.
pub fn usual_clock() -> Box<dyn Clock> {
    Box::new(SystemClock)
}

/// Asks a clock twice.
pub fn span<C: Clock>(clock: &C) -> (u64, u64) {
    (clock.seconds(), clock.minutes())
}

/// Measures from when it is made.
#[derive(Debug)]
pub struct Stopwatch(Instant);

impl Default for Stopwatch {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ns", self.0.elapsed().as_nanos())
    }
}
