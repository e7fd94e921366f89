use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn later() {
    let block = async { tick(1).await };
    drop(block);
}

fn main() {}
