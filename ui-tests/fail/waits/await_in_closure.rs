use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn all(values: Vec<u64>) -> Vec<u64> {
    values.into_iter().map(|value| tick(value).await).collect()
}

fn main() {}
