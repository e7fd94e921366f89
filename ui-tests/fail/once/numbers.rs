//! Numbers that rustc calls `{integer}` in one place and by their type in another, loops over
//! what was not awaited, and a heap of pairs beside a mistake.

use std::collections::{BTreeMap, BinaryHeap};

use flowstone::prelude::*;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Item {
    sku: String,
    count: u64,
}

#[action]
async fn count(n: u64) -> u64 {
    n
}

#[action]
async fn items(n: u64) -> Vec<Item> {
    vec![Item { sku: n.to_string(), count: n }]
}

#[flow]
async fn key() -> usize {
    let mut all: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for n in 0..4 {
        all.entry(n).or_default().push(count(n).await);
    }
    all.len()
}

#[flow]
async fn counter() -> u64 {
    let mut sum = 0;
    let mut text = String::new();
    for n in 0..4 {
        sum += count(n).await;
        text.push_str(sum);
    }
    sum
}

#[flow]
async fn index() -> u64 {
    let mut all = [0; 3];
    for n in 0..3 {
        all[n] = count(3);
    }
    all.iter().sum()
}

#[flow]
async fn not_awaited() -> u64 {
    let mut sum = 0;
    for item in items(3).iter() {
        sum += count(item.count).await;
    }
    sum
}

#[flow]
async fn heap_of_pairs(n: u64) -> usize {
    let mut heap = BinaryHeap::new();
    let all = items(n).await;
    for item in &all {
        heap.push((item.count, item.skus.as_str()));
    }
    while let Some((number, sku)) = heap.pop() {
        count(number + sku.len() as u64).await;
    }
    heap.len()
}

fn main() {}
