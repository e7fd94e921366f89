//! What rustc tells of while it parses is told once.

use flowstone::prelude::*;

#[action]
async fn find(n: u64) -> u64 {
    n
}

#[flow]
async fn called() -> u64 {
    find(1).await()
}

#[flow]
async fn without_a_type(n) -> u64 {
    find(n).await
}

fn main() {}
