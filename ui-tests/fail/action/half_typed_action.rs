//! A body that cannot be parsed yet is one mistake, for flows that call it too.

use flowstone::prelude::*;

#[action]
async fn load(number: u64) -> u64 {
    let row = number.
}

#[flow]
async fn caller(number: u64) -> u64 {
    load(number).await
}

fn main() {}
