//! What cannot fail is not tried.

use flowstone::prelude::*;

#[action]
async fn price(sku: u64) -> u64 {
    sku
}

#[flow]
async fn prices() -> Result<Vec<u64>, String> {
    flow::try_join_all((0..3).map(price)).await
}

#[flow]
async fn both() -> Result<(u64, u64), String> {
    flow::try_join!(price(1), price(2))
}

fn main() {}
