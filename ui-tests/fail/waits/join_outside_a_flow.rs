use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

async fn both(n: u64) -> (u64, u64) {
    flow::join!(tick(n), tick(n + 1))
}

fn main() {}
