//! Stopping in order: no more work is taken, what runs may end in the time that
//! is given, the rest is cut off and counted.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::commit::Job;
use super::core::{Core, Mode};
use super::health::Condition;
use crate::store::StoreError;
use crate::turn;

/// Longer waits are as good as endless, and would overflow the clock.
const LONGEST_WAIT: Duration = Duration::from_hours(365 * 24);

impl Core {
    /// Takes no more work from now on. The first who asks is answered.
    pub(super) fn close(
        &mut self,
        limit: Duration,
        reply: oneshot::Sender<Result<(), Arc<StoreError>>>,
    ) {
        if !matches!(self.mode, Mode::Closing { .. }) {
            self.monitor.set(Condition::Stopping);
            let until = self.clock.instant() + limit.min(LONGEST_WAIT);
            self.mode = Mode::Closing { until, reply };
        }
    }

    /// Closes when it was told to and nothing runs, or the time is up.
    pub(super) fn close_if_idle(&mut self) -> bool {
        let Mode::Closing { until, .. } = &self.mode else {
            return false;
        };
        if self.running.len() > 0 && self.clock.instant() < *until {
            return false;
        }
        for ((key, leaf), begun) in self.running.take() {
            begun.heart.stop();
            if !begun.heart.has_begun() {
                continue;
            }
            let attempt = begun.attempt;
            self.beaten((key, leaf), attempt, begun.heart.take());
            self.apply(key, turn::Event::CutOff { leaf, attempt });
        }
        self.flush();
        if let Mode::Closing { reply, .. } = std::mem::replace(&mut self.mode, Mode::Open) {
            let _ = self.jobs.send(Job::Close(reply));
        }
        true
    }
}
