use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn wait() -> u64 {
    tick::run(1).await
}

fn main() {}
