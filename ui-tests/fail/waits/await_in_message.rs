use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn check(value: u64) {
    assert!(value > 0, "{}", tick(1).await);
}

fn main() {}
