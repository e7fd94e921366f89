use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn fixed() -> u64 {
    const { tick(1).await }
}

fn main() {}
