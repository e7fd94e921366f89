#![deny(deprecated)]

use flowstone::flow;

#[path = "../far.rs"]
mod far;

#[flow]
async fn looks_up(item: u32) -> Option<u64> {
    let prices = far::prices();
    let names = far::names(&item);
    flow::sleep(std::time::Duration::from_secs(1)).await;
    prices.get(&item).copied().filter(|_| names.is_empty())
}

#[flow(allow(unordered_collections, reason = "only looked up in"))]
async fn allowed(item: u32) -> Option<u64> {
    let prices = far::prices();
    flow::sleep(std::time::Duration::from_secs(1)).await;
    prices.get(&item).copied()
}

fn main() {}
