//! Nobody knows what an interrupted attempt did: the flow must be able to learn that.

use flowstone::prelude::*;

#[action(at_most_once)]
async fn pay(cents: u64) -> u64 {
    cents
}

#[action(at_most_once)]
async fn wire(cents: u64) -> Result<u64, String> {
    Err(cents.to_string())
}

fn main() {}
