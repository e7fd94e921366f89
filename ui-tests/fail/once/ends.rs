//! Ends of branches and loops that do not fit each other, where some await and others do
//! not, and patterns of loops that do not fit the items.

use std::collections::BTreeMap;

use flowstone::prelude::*;

#[action]
async fn named(n: u64) -> String {
    n.to_string()
}

#[action]
async fn numbers(n: u64) -> Vec<u64> {
    vec![n]
}

#[flow]
async fn arms(n: u64) -> Option<String> {
    let name = named(n).await;
    let found = match n {
        0 => Some(named(1).await),
        1 => None,
        _ => name,
    };
    found
}

#[flow]
async fn ends_in_a_loop(n: u64) -> u64 {
    let mut sum = 0;
    sum += match n {
        0 => numbers(1).await.len() as u64,
        1 => {
            for number in numbers(n).await {
                named(number).await;
            }
        }
        _ => 3,
    };
    sum
}

#[flow]
async fn broken_with(n: u64) -> Option<u64> {
    loop {
        if n > 3 {
            break None;
        }
        if named(n).await.is_empty() {
            break n;
        }
    }
}

#[flow]
async fn broken_into(n: u64) -> usize {
    let found = loop {
        if n > 3 {
            break None;
        }
        if named(n).await.is_empty() {
            break n;
        }
    };
    found.iter().count()
}

#[flow]
async fn no_pairs(n: u64) -> u64 {
    let mut sum = 0;
    for (at, number) in numbers(n).await {
        sum += at + number + numbers(number).await.len() as u64;
    }
    sum
}

#[flow]
async fn keys(all: BTreeMap<String, u64>) -> u64 {
    let mut sum = 0;
    for (key, number) in all.keys() {
        sum += number + named(key.len() as u64).await.len() as u64;
    }
    sum
}

fn main() {}
