//! A body that cannot be parsed yet is one mistake, for its callers too.

use flowstone::prelude::*;

#[action]
async fn load(number: u64) -> u64 {
    number
}

#[flow]
async fn half_typed(number: u64) -> u64 {
    load(number).await;
    let loaded = load(number).await;
    loaded.
}

#[flow]
async fn caller(number: u64) -> u64 {
    half_typed(number).await
}

fn main() {}
