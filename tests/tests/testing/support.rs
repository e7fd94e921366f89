//! What several of these tests need.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the test is told when it is wrong.
pub(crate) fn told<T>(wrong: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(wrong)) else {
        panic!("it is wrong, and nobody says so")
    };
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.expect("a panic with a text")
}

/// What no flow may ask: out of the macro's sight here.
pub(crate) fn counted() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    COUNT.fetch_add(1, Ordering::SeqCst)
}
