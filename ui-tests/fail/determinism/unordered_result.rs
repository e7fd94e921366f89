#![deny(deprecated)]

use flowstone::{action, flow};
use std::collections::HashMap;

#[action]
async fn prices(shop: u64) -> Result<HashMap<String, u64>, String> {
    Ok(HashMap::from([(String::from("tea"), shop)]))
}

#[flow]
async fn buys(shop: u64) -> u64 {
    prices(shop).await.map_or(0, |prices| prices.len() as u64)
}

fn main() {}
