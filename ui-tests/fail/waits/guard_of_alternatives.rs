use flowstone::{action, flow};
#[action]
async fn stock(item: u64) -> u64 {
    item
}

#[flow]
async fn either(items: (u64, u64)) -> u64 {
    match items {
        (item, _) | (_, item) if stock(item).await > 1 => item,
        _ => 0,
    }
}

fn main() {}
