//! Waiting for a point in time.

use std::time::Duration;

use bytes::Bytes;

use super::now;
use crate::machine::{Cx, Fault, Op, Outcome, Progress, Step, Wait};
use crate::time::Timestamp;

/// Sleeps for at least `duration`; microseconds count, no upper limit.
///
/// A sleeping instance costs no memory. The time counts from [`now`].
///
/// # Panics
///
/// Outside a flow.
pub fn sleep(duration: Duration) -> Sleep {
    sleep_until(now() + duration)
}

/// Sleeps until `due`; ends at once, after a checkpoint, if that is past.
pub fn sleep_until(due: Timestamp) -> Sleep {
    Sleep { due }
}

/// The operation that [`sleep`] and [`sleep_until`] give.
#[derive(Debug, Clone)]
#[must_use = "a sleep does nothing unless it is awaited"]
pub struct Sleep {
    due: Timestamp,
}

impl Sleep {
    /// When it ends.
    pub(super) fn due(&self) -> Timestamp {
        self.due
    }

    /// Names the state that awaits this. The macro reads the name from the
    /// source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

#[diagnostic::do_not_recommend]
impl Op for Sleep {
    type Output = ();

    fn start(self, cx: &mut Cx) -> Progress<()> {
        Ok(cx.request(Wait::Timer { due: self.due }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<()> {
        let (flow, label) = (cx.site().flow, cx.site().label);
        match cx.outcome_of(&waiting)? {
            None => Ok(Step::Waiting(waiting)),
            Some(Outcome::Fired) => Ok(Step::Done(())),
            Some(_) => Err(Fault::WrongOutcome {
                flow,
                label,
                expected: "a timer",
            }),
        }
    }
}
