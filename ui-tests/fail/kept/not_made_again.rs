//! What would do something else if it was made again: a method of the user's own, closures
//! that are called for more items than the loop has rounds, and a closure whose variables
//! change.

use std::collections::BTreeMap;

use flowstone::prelude::*;

#[derive(serde::Serialize, serde::Deserialize)]
struct Cart {
    lines: Vec<Vec<u64>>,
    asked: u64,
}

impl Cart {
    fn line_mut(&mut self, line: usize) -> &mut Vec<u64> {
        self.asked += 1;
        &mut self.lines[line]
    }
}

#[action]
async fn count(n: u64) -> u64 {
    n
}

#[flow]
async fn own_method(mut cart: Cart) -> Cart {
    cart.line_mut(0).push(count(1).await);
    cart
}

#[flow]
async fn counted(mut all: Vec<u64>) -> Vec<u64> {
    for one in all.iter_mut().filter(|one| **one > 1).take(3) {
        *one += count(3).await;
    }
    all
}

#[flow]
async fn changed(mut of: u64) -> BTreeMap<u64, Vec<u64>> {
    let mut lists = BTreeMap::<u64, Vec<u64>>::new();
    lists
        .entry(1)
        .or_insert_with(|| vec![of])
        .push(count({
            of += 10;
            of
        }).await);
    lists
}

fn main() {}
