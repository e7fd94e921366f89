//! What is no operation cannot be awaited, by itself or among many.

use flowstone::prelude::*;

#[flow]
async fn waits_for_a_number() {
    flow::timeout(Duration::from_secs(1), 7).await.ok();
}

#[flow]
async fn waits_for_numbers() -> Vec<u64> {
    flow::join_all(vec![1, 2, 3]).await
}

#[flow]
async fn shields_a_future() {
    flow::shield(std::future::ready(1)).await;
}

fn main() {}
