use flowstone::flow;
use std::time::Duration;

#[flow]
async fn wait() {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let task = tokio::spawn(std::future::ready(1));
    tokio::pin!(task);
}

fn main() {}
