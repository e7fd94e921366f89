//! What holds for a whole segment, for the built-ins to read.
//!
//! A thread-local, because built-ins are plain calls and generated code hands
//! nothing down to helper functions. It is set for the time of one step only.

use std::cell::RefCell;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::Aside;
use crate::ids::{InstanceId, LeafId};
use crate::time::Timestamp;

/// The instance and the segment that runs.
#[derive(Debug, Clone)]
pub struct Ambient {
    /// The instance.
    pub instance: InstanceId,
    /// When the event that caused the turn was taken.
    pub now: Timestamp,
    /// The instance's seed.
    pub seed: u64,
    /// The leaf whose outcome the segment goes on with; `None` for the first.
    pub leaf: Option<LeafId>,
    /// How many children the instance has spawned before.
    pub children: u64,
    /// Who spawned the instance, and the first ancestor.
    pub lineage: Option<(InstanceId, InstanceId)>,
}

thread_local! {
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };
}

pub(super) struct Current {
    pub(super) ambient: Ambient,
    pub(super) rng: ChaCha8Rng,
    pub(super) asides: Vec<Aside>,
}

impl Ambient {
    /// Runs `step` with these values, and gives what was said meanwhile; the
    /// values from before come back after it, also when it panics.
    pub fn enter<R>(self, step: impl FnOnce() -> R) -> (R, Vec<Aside>) {
        struct Restore(Option<Current>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let rng = self.segment_rng();
        let current = Current {
            ambient: self,
            rng,
            asides: Vec::new(),
        };
        let _restore = Restore(CURRENT.replace(Some(current)));
        let done = step();
        let asides = CURRENT.with_borrow_mut(|current| {
            let current = current.as_mut();
            current.map_or_else(Vec::new, |current| std::mem::take(&mut current.asides))
        });
        (done, asides)
    }

    /// Each segment has a stream of its own, so that what one draws depends
    /// neither on how much those before it drew, nor on messages, crashes and
    /// retries between them: a leaf brings one outcome.
    fn segment_rng(&self) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(self.leaf.map_or(0, |leaf| leaf.0.wrapping_add(1)));
        rng
    }
}

/// Reads the present segment.
#[track_caller]
pub(super) fn with<R>(builtin: &str, read: impl FnOnce(&mut Current) -> R) -> R {
    let read = CURRENT.with_borrow_mut(|current| current.as_mut().map(read));
    match read {
        Some(value) => value,
        None => panic!("`flow::{builtin}` was called outside a flow; it has a meaning only there"),
    }
}

/// Says something without waiting for it.
#[track_caller]
pub(super) fn say(aside: Aside) {
    let builtin = aside.builtin();
    with(builtin, |current| current.asides.push(aside));
}
