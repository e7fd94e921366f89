use flowstone::prelude::*;

#[flow]
async fn wait() {
    flow::sleep(Duration::from_secs(1)).label("pause").await;
    flow::sleep(Duration::from_secs(2)).label("pause").await;
}

fn main() {}
