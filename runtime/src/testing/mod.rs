//! For the tests of programs that have flows (feature `testing`).

mod audit;
mod by_hand;
pub(crate) mod segments;

pub use self::audit::{
    Audit, AuditError, AuditedFlow, Finding, Report, assert_deterministic, audit,
};
pub use self::by_hand::ByHand;
pub use self::segments::{Segments, check_segments};

/// The guide to checked segments.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/segments.md")]
struct Guide;
