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

#[flow]
async fn each() -> Result<Vec<String>, String> {
    let first: String = tick(1).await;
    let mut all = vec![first];
    all.push(tick(2).await);
    if tick(3).await {
        return tick(4).await;
    }
    let bytes: String = tick(5).await.to_le_bytes();
    Ok(tick(6).await)
}

fn main() {}
