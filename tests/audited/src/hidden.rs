//! The flows' own helpers, in a file that the macro does not read.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime as Moment;

use flowstone_audited_helper::{Clock, Real, Still};

#[expect(clippy::disallowed_methods, reason = "what the audit is to find")]
pub(crate) fn aliased() -> u64 {
    flowstone_audited_helper::seconds_of(Moment::now())
}

pub(crate) fn aliased_twin() -> u64 {
    flowstone_audited_helper::seconds_of(Moment::UNIX_EPOCH)
}

pub(crate) fn pointed() -> fn() -> u64 {
    flowstone_audited_helper::seconds
}

pub(crate) fn pointed_twin() -> fn() -> u64 {
    || 7
}

pub(crate) fn boxed() -> Box<dyn Clock> {
    Box::new(Real)
}

pub(crate) fn boxed_twin() -> Box<dyn Clock> {
    Box::new(Still(7))
}

static COUNTED: AtomicU64 = AtomicU64::new(0);

pub(crate) fn counted() -> u64 {
    COUNTED.fetch_add(1, Ordering::Relaxed)
}
