use flowstone::prelude::*;

#[flow]
async fn wait() {
    flow::sleep(Duration::from_secs(1)).label("pause").await;
    flow::sleep(Duration::from_secs(2)).label("pause").await;
}

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[flow]
async fn both() -> Vec<u32> {
    vec![count(1).label("count").await, count(2).label("count").await]
}

fn main() {}
