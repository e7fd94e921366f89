//! Values that a flow may use freely: the same whenever the step is run again.

use std::convert::Infallible;

use rand::distr::{Distribution, StandardUniform};
use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, RngExt as _, TryRng};

use super::ambient;
use crate::ids::InstanceId;
use crate::time::Timestamp;

/// The time at which the event that woke the flow was taken.
///
/// It does not move between two `.await`s.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn now() -> Timestamp {
    ambient::with("now", |current| current.ambient.now)
}

/// The id of the instance.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn id() -> InstanceId {
    ambient::with("id", |current| current.ambient.instance.clone())
}

/// The id of the instance that spawned this one; `None` if no flow did.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn parent() -> Option<InstanceId> {
    ambient::with("parent", |current| {
        let lineage = current.ambient.lineage.as_ref();
        lineage.map(|(parent, _)| parent.clone())
    })
}

/// The id of the first ancestor, which no flow spawned: of the instance itself if none
/// spawned it.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn root() -> InstanceId {
    ambient::with("root", |current| {
        let lineage = current.ambient.lineage.as_ref();
        lineage.map_or_else(
            || current.ambient.instance.clone(),
            |(_, root)| root.clone(),
        )
    })
}

/// A random value from the instance's seed and the segment: the same again when a
/// crash or a retry lets the segment run anew.
///
/// Not for secrets: the seed is stored.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn random<T>() -> T
where
    StandardUniform: Distribution<T>,
{
    ambient::with("random", |current| current.rng.random())
}

/// A random UUID (version 4 in form), drawn as [`random`].
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn uuid() -> uuid::Uuid {
    uuid::Builder::from_random_bytes(random()).into_uuid()
}

/// A seeded generator for use with the distributions of `rand`.
///
/// Each call gives another one. It cannot be kept across an `.await`; ask for
/// a new one after it.
///
/// # Panics
///
/// Outside a flow.
#[must_use]
pub fn rng() -> Rng {
    ambient::with("rng", |current| {
        let mut seed = [0; 32];
        current.rng.fill_bytes(&mut seed);
        Rng(rand::SeedableRng::from_seed(seed))
    })
}

/// The generator that [`rng`] gives: `ChaCha` with 8 rounds.
#[derive(Debug)]
pub struct Rng(ChaCha8Rng);

impl TryRng for Rng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(into)
    }
}
