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

#[flow]
async fn both() -> u64 {
    let (first, second): (String, u64) = flow::join!(tick(1), tick(2));
    second
}

#[flow]
async fn moved(text: String) -> String {
    let first = text;
    tick(1).await;
    text
}

#[flow]
async fn generic<T: flowstone::Durable + Clone>(item: T) -> T {
    let all = vec![item];
    let first = &all[0];
    tick(1).await;
    drop(all);
    tick(2).await;
    first.clone()
}

fn main() {}
