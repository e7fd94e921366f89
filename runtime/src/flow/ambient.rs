//! What holds for a whole turn, for the built-ins to read.
//!
//! A thread-local, because built-ins are plain calls and generated code hands
//! nothing down to helper functions. It is set for the time of one step only.

use std::cell::RefCell;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use crate::ids::{InstanceId, TurnNo};
use crate::time::Timestamp;

/// The instance and the turn in which a machine runs.
#[derive(Debug, Clone)]
pub struct Ambient {
    /// The instance.
    pub instance: InstanceId,
    /// When the event that caused the turn was taken.
    pub now: Timestamp,
    /// The instance's seed.
    pub seed: u64,
    /// The number of the turn in the instance.
    pub turn: TurnNo,
}

thread_local! {
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };
}

pub(super) struct Current {
    pub(super) ambient: Ambient,
    pub(super) rng: ChaCha8Rng,
}

impl Ambient {
    /// Runs `step` with these values; the values from before come back after
    /// it, also when it panics.
    pub fn enter<R>(self, step: impl FnOnce() -> R) -> R {
        struct Restore(Option<Current>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let rng = self.turn_rng();
        let _restore = Restore(CURRENT.replace(Some(Current { ambient: self, rng })));
        step()
    }

    /// Each turn has a stream of its own, so that what one draws does not
    /// depend on how much the ones before it drew.
    fn turn_rng(&self) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(self.turn.0);
        rng
    }
}

/// Reads the present turn.
pub(super) fn with<R>(builtin: &str, read: impl FnOnce(&mut Current) -> R) -> R {
    CURRENT.with_borrow_mut(|current| match current {
        Some(current) => read(current),
        None => panic!("`flow::{builtin}` was called outside a flow; it has a value only there"),
    })
}
