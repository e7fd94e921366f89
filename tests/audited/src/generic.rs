//! Generic flows: one that is used, one that is not, and one that calls another.

use flowstone::prelude::*;
use flowstone_audited_helper as helper;

/// Used for one type, in `calls_used`.
#[flow]
pub async fn used<T: Durable + Default>() -> T {
    let _ = helper::seconds();
    flow::sleep(Duration::from_secs(1)).await;
    T::default()
}

/// Used for none.
#[flow]
pub async fn unused<T: Durable + Default>() -> T {
    flow::sleep(Duration::from_secs(1)).await;
    T::default()
}

/// Does nothing itself: what it calls is told of what it calls.
#[flow]
pub async fn calls_used() -> u64 {
    used::<u64>().await
}
