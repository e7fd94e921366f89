//! Collections with an order, and what is done with them.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use either::Either;
use flowstone::prelude::*;
use indexmap::IndexMap;
use itertools::Itertools as _;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::helpers::collections;

const A_MOMENT: Duration = Duration::from_millis(1);

#[flow]
pub async fn btree_ledger() -> String {
    let mut ledger = BTreeMap::new();
    *ledger.entry("tea".to_owned()).or_insert(0) += 3;
    flow::sleep(A_MOMENT).await;
    collections::booked(ledger, &[("pot", 12), ("tea", -1)])
}

#[flow]
pub async fn indexed_order() -> Vec<String> {
    let mut lines = IndexMap::new();
    lines.insert("tea".to_owned(), 3);
    lines.insert("pot".to_owned(), 1);
    flow::sleep(A_MOMENT).await;
    collections::in_order(&lines)
}

#[flow]
pub async fn itertools_groups() -> String {
    let text = ["a", "b", "c", "d"]
        .iter()
        .tuples()
        .map(|(a, b)| format!("{a}{b}"))
        .join("-");
    flow::sleep(A_MOMENT).await;
    collections::grouped(&text)
}

#[flow]
pub async fn unique_items() -> Vec<u32> {
    let items: Vec<u32> = [3, 1, 3, 2, 1].into_iter().unique().collect();
    flow::sleep(A_MOMENT).await;
    collections::duplicated(&items, &[1, 2, 2])
}

#[flow]
pub async fn sorted_stably() -> Vec<(String, u32)> {
    let mut lines = vec![
        ("tea".to_owned(), 2),
        ("pot".to_owned(), 2),
        ("cup".to_owned(), 1),
    ];
    lines.sort_by_key(|line| line.1);
    flow::sleep(A_MOMENT).await;
    collections::ranked(lines)
}

#[flow]
pub async fn heap_order() -> Vec<u32> {
    let mut heap = BinaryHeap::from([3, 9, 4]);
    let first = heap.pop();
    flow::sleep(A_MOMENT).await;
    collections::cheapest(heap.into_vec(), first.unwrap_or(0))
}

#[flow]
pub async fn fx_counts() -> String {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    *counts.entry("tea".to_owned()).or_default() += 1;
    flow::sleep(A_MOMENT).await;
    collections::shown(&counts)
}

#[flow]
pub async fn small_vectors() -> u32 {
    let sum = SmallVec::<[u32; 4]>::from_slice(&[1, 2, 3])
        .iter()
        .sum::<u32>();
    flow::sleep(A_MOMENT).await;
    sum + collections::bounded(&[1, 2, 3])
}

#[flow]
pub async fn queue_of_work() -> Vec<u32> {
    let mut queue = VecDeque::from([1]);
    let mut seen = BTreeSet::new();
    while let Some(next) = queue.pop_front() {
        if seen.insert(next) {
            queue.extend(collections::neighbours(next));
        }
    }
    flow::sleep(A_MOMENT).await;
    seen.into_iter().collect()
}

#[flow]
pub async fn either_side() -> u32 {
    let side: Either<u32, String> = Either::Left(3);
    let side = side.map_right(|text| text.len()).left().unwrap_or(0);
    flow::sleep(A_MOMENT).await;
    collections::partitioned(&["1", "x", "2"]) + side
}

#[flow]
pub async fn shared_counter() -> u32 {
    let counter = std::cell::Cell::new(1);
    let count = || counter.replace(counter.get() + 1);
    let sum = count() + count();
    flow::sleep(A_MOMENT).await;
    sum + collections::counted_together(3)
}

#[flow]
pub async fn sliding_windows() -> Vec<u32> {
    let sums: Vec<u32> = [1, 2, 3, 4]
        .windows(2)
        .map(|pair| pair.iter().sum())
        .collect();
    flow::sleep(A_MOMENT).await;
    collections::chunks(&sums)
}
