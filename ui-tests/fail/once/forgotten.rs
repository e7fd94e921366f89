//! An `async fn` that awaits actions lacks its `#[flow]`: told where it awaits them, and not
//! of those who await it. Of one that awaits none it is told where a flow awaits it.

use flowstone::prelude::*;

#[action]
async fn price(sku: &str) -> Result<u64, String> {
    Ok(sku.len() as u64)
}

async fn total(skus: &[String]) -> Result<u64, String> {
    let mut all = 0;
    for sku in skus {
        all += price(sku).await?;
    }
    Ok(all)
}

async fn doubled(cents: u64) -> u64 {
    cents * 2
}

#[flow]
async fn quote(skus: Vec<String>) -> Result<u64, String> {
    let mut all = total(&skus).await?;
    for sku in &skus {
        all += price(sku).await? + total(&skus).await?;
    }
    let (more, _) = flow::join!(total(&skus), price("box"));
    Ok(all + more?)
}

#[flow]
async fn plain(skus: Vec<String>) -> Result<u64, String> {
    let cents = price(&skus[0]).await?;
    Ok(doubled(cents).await)
}

fn main() {}
