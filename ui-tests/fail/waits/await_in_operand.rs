use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn both(n: u64) -> (u64, u64) {
    flow::join!(tick(n), tick(tick(n).await))
}

fn main() {}
