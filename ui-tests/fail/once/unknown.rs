//! Where a value has no type, nothing is told of what is made of it.

use flowstone::prelude::*;

#[derive(Debug, serde::Serialize, serde::Deserialize)]
enum Oops {
    Empty(u64),
}

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Item {
    sku: String,
    pair: (u64, String),
}

#[action]
async fn items(n: u64) -> Vec<Item> {
    let pair = (n, n.to_string());
    vec![Item { sku: n.to_string(), pair }]
}

fn checked(sku: &str, n: u64) -> Result<u64, Oops> {
    if sku.is_empty() { Err(Oops::Empty(n)) } else { Ok(n) }
}

#[flow]
async fn no_such_variant(n: u64) -> Result<u64, Oops> {
    let all = items(n).await;
    let first = all.first().ok_or(Oops::Nothing(n))?;
    checked(&first.sku, items(n).await.len() as u64)
}

#[flow]
async fn no_such_function(n: u64) -> Result<u64, Oops> {
    let first = nothing(n);
    let count = items(n).await.len() as u64;
    checked(&first, count)
}

#[flow]
async fn no_such_field(n: u64) -> Result<u64, Oops> {
    let mut last = Default::default();
    let mut best = None;
    for item in items(n).await {
        let count = items(n).await.len() as u64;
        checked(&item.sku, count)?;
        last = item.pair.2;
        best = Some(item.pair.0);
    }
    let count = items(n).await.len() as u64;
    checked(&last, best.unwrap_or(count))
}

#[flow]
async fn wrong_question_mark(n: u64) -> Result<u64, Oops> {
    let written: Result<u64, std::fmt::Error> = Err(std::fmt::Error);
    let all = items(n).await;
    Ok(written? + all.len() as u64)
}

fn main() {}
