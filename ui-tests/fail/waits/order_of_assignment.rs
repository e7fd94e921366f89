use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn add(mut sums: Vec<u64>) -> Vec<u64> {
    *sums.first_mut().unwrap() += tick(1).await;
    sums
}

fn main() {}
