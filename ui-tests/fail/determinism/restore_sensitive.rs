#![deny(warnings)]

use flowstone::flow;
use std::sync::Arc;

#[flow]
async fn counts(text: String) -> usize {
    let all = vec![text];
    let shared = Arc::new(1);
    all.capacity() + Arc::strong_count(&shared)
}

fn main() {}
