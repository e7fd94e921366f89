//! Who has no `ActionCx` gives no heartbeat.

use flowstone::prelude::*;

#[action(heartbeat = "30s")]
async fn import(rows: u64) -> u64 {
    rows
}

fn main() {}
