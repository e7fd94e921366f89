//! A silence that is longer than the whole attempt is never noticed.

use flowstone::prelude::*;

#[action(timeout = "10s", heartbeat = "30s")]
async fn import(cx: ActionCx) {
    let _ = cx.heartbeat(());
}

#[action(heartbeat = "0s")]
async fn export(cx: ActionCx) {
    let _ = cx.heartbeat(());
}

fn main() {}
