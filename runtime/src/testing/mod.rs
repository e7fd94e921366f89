//! For the tests of programs that have flows (feature `testing`).

mod audit;
mod by_hand;
mod coverage;
mod faulty_store;
#[cfg(feature = "redb")]
mod lossy_disk;
mod rng;
pub(crate) mod segments;
mod simulation;

pub use self::audit::{
    Audit, AuditError, AuditedFlow, Finding, Report, assert_deterministic, audit,
};
pub use self::by_hand::ByHand;
pub use self::coverage::{Coverage, Taken};
pub use self::faulty_store::FaultyStore;
#[cfg(feature = "redb")]
pub use self::lossy_disk::LossyDisk;
pub use self::segments::{Segments, check_segments};
pub use self::simulation::{
    Answer, CrashPoint, CrashReport, Fake, Ledger, LedgerRow, Orders, SeenState, SimulatedEngine,
    Simulation, Trace,
};

use crate::time::Timestamp;

/// When tests begin: 2026-01-01, 00:00 UTC.
const BEGIN: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);

/// The guide to checked segments.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/segments.md")]
struct Guide;

/// The guide to tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/testing.md")]
struct Tests;

/// Which operation is for what.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/operations.md")]
struct Operations;

/// The concepts of other systems, with ours beside them.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/coming-from.md")]
struct ComingFrom;
