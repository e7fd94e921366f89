use flowstone::flow;
use std::sync::atomic::{AtomicU64, Ordering};

static STARTED: AtomicU64 = AtomicU64::new(0);

#[flow]
async fn count() -> u64 {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    CALLS.load(Ordering::Relaxed) + STARTED.fetch_add(1, Ordering::Relaxed)
}

fn main() {}
