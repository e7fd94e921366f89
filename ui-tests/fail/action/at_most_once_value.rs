//! `at_most_once` is said, or not.

use flowstone::prelude::*;

#[action(at_most_once = true)]
async fn pay(cents: u64) -> Result<u64, ActionFailure> {
    Ok(cents)
}

fn main() {}
