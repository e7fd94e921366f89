//! A handle is awaited twice: its result is taken by the first.

use flowstone::prelude::*;

#[flow]
async fn child() -> u64 {
    flow::sleep(Duration::from_secs(1)).await;
    7
}

#[flow]
async fn parent() -> u64 {
    let handle = child().spawn();
    let first = handle.await.unwrap_or(0);
    first + handle.await.unwrap_or(0)
}

#[flow]
async fn detached() -> u64 {
    let handle = child().spawn();
    handle.detach();
    handle.await.unwrap_or(0)
}

fn main() {}
