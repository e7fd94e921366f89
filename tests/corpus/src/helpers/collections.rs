//! Collections with an order, and maps that are only asked for single keys.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use arrayvec::ArrayVec;
use indexmap::{IndexMap, IndexSet};
use itertools::Itertools as _;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) fn booked(mut ledger: BTreeMap<String, i64>, lines: &[(&str, i64)]) -> String {
    for (name, sum) in lines {
        *ledger.entry((*name).to_owned()).or_default() += sum;
    }
    let from_pot = ledger
        .range("pot".to_owned()..)
        .map(|(name, sum)| format!("{name}={sum}"));
    from_pot.collect::<Vec<_>>().join(" ")
}

pub(crate) fn in_order(lines: &IndexMap<String, u32>) -> Vec<String> {
    let mut names: IndexSet<String> = lines.keys().cloned().collect();
    names.insert("cup".to_owned());
    names.shift_remove("tea");
    names.sort_by_key(String::len);
    names.into_iter().collect()
}

pub(crate) fn grouped(text: &str) -> String {
    let groups = text.chars().chunk_by(|letter| letter.is_alphabetic());
    let groups = groups
        .into_iter()
        .map(|(_, group)| group.collect::<String>());
    groups
        .interleave(["1".to_owned(), "2".to_owned()])
        .join(",")
}

pub(crate) fn duplicated(first: &[u32], second: &[u32]) -> Vec<u32> {
    let all = first.iter().merge(second).copied();
    all.duplicates().sorted().collect()
}

pub(crate) fn ranked(lines: Vec<(String, u32)>) -> Vec<(String, u32)> {
    let ranked = lines
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.take_while_inclusive(|line| line.1 > 1).collect()
}

pub(crate) fn cheapest(prices: Vec<u32>, limit: u32) -> Vec<u32> {
    let mut heap: BinaryHeap<_> = prices.into_iter().map(Reverse).collect();
    let mut taken = Vec::new();
    while let Some(Reverse(price)) = heap.pop().filter(|price| price.0 < limit) {
        taken.push(price);
    }
    taken
}

pub(crate) fn shown(counts: &FxHashMap<String, u32>) -> String {
    let wanted: FxHashSet<&str> = ["tea", "pot"].into_iter().collect();
    let names = counts.keys().filter(|name| wanted.contains(name.as_str()));
    names.sorted().join(",")
}

pub(crate) fn bounded(items: &[u32]) -> u32 {
    let mut kept: ArrayVec<u32, 2> = ArrayVec::new();
    for item in items {
        let _full = kept.try_push(*item);
    }
    kept.iter().product()
}

pub(crate) fn neighbours(node: u32) -> Vec<u32> {
    [node * 2, node * 3]
        .into_iter()
        .filter(|node| *node < 30)
        .collect()
}

pub(crate) fn partitioned(texts: &[&str]) -> u32 {
    let parsed = texts.iter().map(|text| text.parse::<u32>());
    let (numbers, wrong): (Vec<_>, Vec<_>) = parsed.partition_result();
    numbers.iter().sum::<u32>() + u32::try_from(wrong.len()).unwrap()
}

/// A lock and a shared cell that nobody else has.
pub(crate) fn counted_together(times: u32) -> u32 {
    let sum = Rc::new(RefCell::new(0));
    let locked = Arc::new(Mutex::new(0));
    for number in 0..times {
        *Rc::clone(&sum).borrow_mut() += number;
        *locked.lock().unwrap() += number;
    }
    *sum.borrow() + *locked.lock().unwrap()
}

pub(crate) fn chunks(sums: &[u32]) -> Vec<u32> {
    let (least, most) = sums.iter().minmax().into_option().unwrap_or((&0, &0));
    sums.chunks(2)
        .map(|chunk| chunk.iter().max().unwrap_or(least) + most)
        .collect()
}
