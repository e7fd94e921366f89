//! How often an action is tried, and for how long.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// When and how often a failed action is tried again.
///
/// The delay before attempt `n + 1` is `first_delay * factor^(n - 1)`, at most
/// `max_delay`, less a random part of up to `jitter` of it. The random part is
/// drawn from the instance's seed, so that a test can foretell it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Retry {
    /// How many attempts there are in all; `None` has no limit. Default 5. One that a
    /// crash or a stop cut off counts, and is followed by another in any case.
    pub attempts: Option<u32>,
    /// The delay before the second attempt. Default 100 ms.
    pub first_delay: Duration,
    /// What each delay is multiplied by to get the next. Default 2.
    pub factor: f64,
    /// The longest delay. Default 1 minute.
    pub max_delay: Duration,
    /// The part of a delay that is random, 0 to 1. Default 0.2.
    pub jitter: f64,
}

impl Retry {
    /// The defaults.
    pub const DEFAULT: Self = Self {
        attempts: Some(5),
        first_delay: Duration::from_millis(100),
        factor: 2.0,
        max_delay: Duration::from_mins(1),
        jitter: 0.2,
    };

    /// One attempt only.
    #[must_use]
    pub const fn never() -> Self {
        Self::attempts(1)
    }

    /// The defaults with this many attempts in all.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        Self {
            attempts: Some(attempts),
            ..Self::DEFAULT
        }
    }

    /// The defaults, again and again for ever.
    #[must_use]
    pub const fn forever() -> Self {
        Self {
            attempts: None,
            ..Self::DEFAULT
        }
    }

    /// With another delay before the second attempt.
    #[must_use]
    pub const fn first_delay(self, first_delay: Duration) -> Self {
        Self {
            first_delay,
            ..self
        }
    }

    /// With another factor between delays.
    #[must_use]
    pub const fn factor(self, factor: f64) -> Self {
        Self { factor, ..self }
    }

    /// With another longest delay.
    #[must_use]
    pub const fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// With another random part of each delay.
    #[must_use]
    pub const fn jitter(self, jitter: f64) -> Self {
        Self { jitter, ..self }
    }

    /// The delay after `failed` attempts, `random` being in 0..1; `None` when
    /// there is no further attempt.
    #[must_use]
    pub fn delay(&self, failed: u32, random: f64) -> Option<Duration> {
        if self.attempts.is_some_and(|attempts| failed >= attempts) {
            return None;
        }
        let exponent = i32::try_from(failed.saturating_sub(1)).unwrap_or(i32::MAX);
        let full = self.first_delay.as_secs_f64() * self.factor.powi(exponent);
        let capped = full.min(self.max_delay.as_secs_f64()).max(0.0);
        let jittered = capped * (1.0 - self.jitter.clamp(0.0, 1.0) * random.clamp(0.0, 1.0));
        Some(Duration::try_from_secs_f64(jittered).unwrap_or(self.max_delay))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What an action's definition says about its attempts.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Policy {
    /// When a failed attempt is followed by another.
    pub retry: Retry,
    /// The longest an attempt may take; no limit by default.
    pub timeout: Option<Duration>,
    /// The longest all attempts and the delays between them may take; no
    /// limit by default.
    pub total_timeout: Option<Duration>,
    /// The longest time between the beginning of an attempt, its heartbeats
    /// ([`ActionCx::heartbeat`](super::ActionCx::heartbeat)) and its end; no limit by
    /// default.
    pub heartbeat: Option<Duration>,
    /// Whether an attempt that may have begun is never followed by another. Default:
    /// it is.
    pub at_most_once: bool,
}

impl Policy {
    /// The defaults.
    pub const DEFAULT: Self = Self::new(Retry::DEFAULT);

    /// Without limits.
    #[must_use]
    pub const fn new(retry: Retry) -> Self {
        Self {
            retry,
            timeout: None,
            total_timeout: None,
            heartbeat: None,
            at_most_once: false,
        }
    }

    /// With a limit for each attempt.
    #[must_use]
    pub const fn timeout(self, limit: Duration) -> Self {
        let timeout = Some(limit);
        Self { timeout, ..self }
    }

    /// With a limit for all attempts and the delays between them.
    #[must_use]
    pub const fn total_timeout(self, limit: Duration) -> Self {
        let total_timeout = Some(limit);
        Self {
            total_timeout,
            ..self
        }
    }

    /// With a limit for the time between two heartbeats.
    #[must_use]
    pub const fn heartbeat(self, limit: Duration) -> Self {
        let heartbeat = Some(limit);
        Self { heartbeat, ..self }
    }

    /// With one attempt at most, even if nobody knows what it came to.
    #[must_use]
    pub const fn at_most_once(self) -> Self {
        Self {
            retry: Retry::never(),
            at_most_once: true,
            ..self
        }
    }

    /// This policy, with what the call says otherwise.
    #[must_use]
    pub fn tuned(self, call: Option<&CallPolicy>) -> Self {
        let Some(call) = call else { return self };
        let retry = call.retry.filter(|_| !self.at_most_once);
        Self {
            retry: retry.unwrap_or(self.retry),
            timeout: call.timeout.or(self.timeout),
            total_timeout: call.total_timeout.or(self.total_timeout),
            heartbeat: call.heartbeat.or(self.heartbeat),
            at_most_once: self.at_most_once,
        }
    }
}

/// What one call of an action says otherwise than its definition.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CallPolicy {
    /// Instead of [`Policy::retry`].
    pub retry: Option<Retry>,
    /// Instead of [`Policy::timeout`].
    pub timeout: Option<Duration>,
    /// Instead of [`Policy::total_timeout`].
    pub total_timeout: Option<Duration>,
    /// Instead of [`Policy::heartbeat`].
    #[serde(default)]
    pub heartbeat: Option<Duration>,
}

impl CallPolicy {
    /// It, if it says anything.
    pub(crate) fn said(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_the_longest_and_end_with_the_attempts() {
        let retry = Retry::attempts(4)
            .first_delay(Duration::from_millis(100))
            .factor(10.0)
            .max_delay(Duration::from_secs(2));
        let delays: Vec<_> = (1..=4).map(|failed| retry.delay(failed, 0.0)).collect();
        let millis = |ms| Some(Duration::from_millis(ms));
        assert_eq!(delays, [millis(100), millis(1000), millis(2000), None]);
    }

    #[test]
    fn jitter_only_shortens_and_absurd_numbers_are_capped() {
        let retry = Retry::forever().jitter(0.5);
        assert_eq!(retry.delay(1, 1.0), Some(Duration::from_millis(50)));
        assert_eq!(retry.delay(u32::MAX, 0.0), Some(Duration::from_mins(1)));
        let absurd = Retry::forever().factor(f64::NAN).jitter(f64::INFINITY);
        assert!(absurd.delay(9, 0.5) <= Some(Duration::from_mins(1)));
    }
}
