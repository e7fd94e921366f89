//! One that runs at most once is not tried again.

use flowstone::prelude::*;

#[action(at_most_once, retry(attempts = 3), retry_if = is_transient)]
async fn pay(cents: u64) -> Result<u64, ActionFailure> {
    Ok(cents)
}

fn is_transient(_: &ActionFailure) -> bool {
    true
}

#[action(at_most_once)]
async fn wire(cents: u64) -> Result<u64, ActionFailure> {
    Ok(cents)
}

#[flow]
async fn pays(cents: u64) -> Result<u64, ActionFailure> {
    let paid = pay(cents).await?;
    wire(paid).retry(Retry::attempts(2)).await
}

fn main() {}
