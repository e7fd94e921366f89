use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn add() -> String {
    let sum = tick(1).await + tick("2").await;
    sum
}

fn main() {}
