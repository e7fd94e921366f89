//! What a macro binds is there until the next await.

#![deny(warnings)]

use flowstone::prelude::*;

#[action]
async fn count(number: u64) -> u64 {
    number
}

macro_rules! bind {
    ($name:ident = $value:expr) => {
        let $name = $value;
    };
}

macro_rules! see {
    ($($value:expr),*) => {
        $(let _ = $value;)*
    };
}

fn is_even(number: &u64) -> bool {
    number.is_multiple_of(2)
}

/// What a macro binds is there until the next await, and may be bound anew behind it.
#[flow]
async fn bound(number: u64, list: Vec<u64>) -> u64 {
    bind!(more = number + 1);
    let sum = count(more + 1).await;
    see!(number, sum, is_even(&sum), list.len());
    let more = count(sum).await;
    see!(more);
    count(more).await + more + list.iter().filter(|one| is_even(one)).count() as u64
}

fn main() {
    let _ = bound(1, vec![2]);
}
