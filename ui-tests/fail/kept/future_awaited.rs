use flowstone::flow;

#[flow]
async fn wait() -> u64 {
    let value = std::future::ready(1).await;
    value + 1
}

fn main() {}
