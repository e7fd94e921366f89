//! A call whose value is used as if it had been awaited: rustc says where the `.await` is
//! missing, as of any future.

use flowstone::prelude::*;

#[derive(serde::Serialize, serde::Deserialize)]
struct Order {
    cents: u64,
}

#[action]
async fn load(id: u64) -> Order {
    Order { cents: id }
}

#[action]
async fn charge(cents: u64) -> Result<u64, String> {
    Ok(cents)
}

#[flow]
async fn asked() -> Result<u64, String> {
    let paid = charge(1)?;
    Ok(paid)
}

#[flow]
async fn in_a_variable() -> u64 {
    let order = load(1);
    order.cents
}

#[flow]
async fn annotated() -> u64 {
    let paid: Result<u64, String> = charge(1);
    paid.unwrap_or_default() + load(1).await.cents
}

#[flow]
async fn matched() -> u64 {
    match charge(1) {
        Ok(paid) => paid + load(1).await.cents,
        Err(_) => 0,
    }
}

#[flow]
async fn returned() -> u64 {
    flow::sleep(Duration::from_millis(1)).await;
    in_a_variable()
}

/// This is none: a call is an operation until it is awaited.
#[flow]
async fn later() -> u64 {
    let order = load(1).label("order");
    order.await.cents
}

fn main() {}
