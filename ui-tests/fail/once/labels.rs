//! A label that nothing has, beside one that may be meant.

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[flow]
async fn no_such_label(n: u32) -> u32 {
    let mut sum = n;
    'outer: loop {
        sum += count(sum).await;
        if sum > 3 {
            break 'outr;
        }
        if sum > 2 {
            continue 'oter;
        }
    }
    sum
}

fn main() {}
