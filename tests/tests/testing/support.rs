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

/// In another order each time, as no flow may have them: out of the macro's sight, too.
pub(crate) fn unordered(items: Vec<String>) -> Vec<String> {
    let items: std::collections::HashSet<String> = items.into_iter().collect();
    items.into_iter().collect()
}

/// Numbers drawn from a seed; `next` only grows.
pub(crate) struct Numbers {
    drawn: u64,
    last: u64,
}

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            drawn: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            last: 0,
        }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Xorshift.
    pub(crate) fn up_to(&mut self, end: u64) -> u64 {
        self.drawn ^= self.drawn << 13;
        self.drawn ^= self.drawn >> 7;
        self.drawn ^= self.drawn << 17;
        self.drawn % end
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("64 bits");
        usize::try_from(self.up_to(end)).expect("it is small")
    }
}
