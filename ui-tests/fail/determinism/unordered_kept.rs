#![deny(warnings)]

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

#[flow]
async fn in_patterns(item: u32) -> usize {
    let late;
    if item > 3 {
        late = far::prices();
    } else {
        return 0;
    }
    if let Some(some) = Some(far::prices()) {
        flow::sleep(std::time::Duration::from_secs(1)).await;
        return some.len() + late.len();
    }
    match (far::prices(), item) {
        (pair, 1) => {
            flow::sleep(std::time::Duration::from_secs(1)).await;
            pair.len()
        }
        _ => 0,
    }
}

#[flow(allow(unordered_collections, reason = "only looked up in"))]
async fn allowed(item: u32) -> Option<u64> {
    let prices = far::prices();
    flow::sleep(std::time::Duration::from_secs(1)).await;
    prices.get(&item).copied()
}

fn main() {}
