//! Of borrows that are refused rustc does not ask for the lifetime as well.

use flowstone::prelude::*;

#[action]
async fn charge(n: u64) -> u64 {
    n
}

#[flow]
async fn borrowed() -> &str {
    "shipped"
}

#[flow]
async fn of_no_lifetime(name: &'a str) -> u64 {
    charge(1).await
}

fn main() {}
