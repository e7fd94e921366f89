//! A jump needs a loop around it, also behind an await.

use flowstone::prelude::*;

#[action]
async fn load(number: u64) -> u64 {
    number
}

#[flow]
async fn jump_outside_of_loop(number: u64) -> u64 {
    if load(number).await > 3 {
        break;
    }
    for number in 0..number {
        if load(number).await > 3 {
            continue;
        }
    }
    'found: {
        if load(number).await > 4 {
            break 'found;
        }
        continue;
    }
    number
}

fn main() {}
