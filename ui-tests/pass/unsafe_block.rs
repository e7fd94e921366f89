//! `unsafe` blocks that await, in a flow that may have them: what they allow, they
//! allow behind the await.

#![deny(warnings)]

use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

/// # Safety
///
/// There is nothing to it.
const unsafe fn twice(value: u64) -> u64 {
    value * 2
}

/// Calls what is unsafe on both sides of an await.
#[flow(allow(unsafe_ffi, reason = "`twice` only computes"))]
pub async fn both_sides(value: u64) -> u64 {
    let sum = unsafe {
        let before = twice(value);
        let outcome = tick(before).await;
        twice(outcome) + tick(twice(before)).await
    };
    tick(sum).await
}

fn main() {}
