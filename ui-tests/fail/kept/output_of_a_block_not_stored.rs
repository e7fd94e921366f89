use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

struct Price(u64);

#[flow]
async fn total(n: u64) -> u64 {
    let (a, b) = flow::join!(tick(n), async { Price(tick(n).await) });
    a + b.0
}

fn main() {}
