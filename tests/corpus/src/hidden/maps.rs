//! Maps and sets whose order is another in each process.

use std::collections::{BTreeMap, HashMap, HashSet};

use ahash::AHashMap;
use dashmap::DashMap;
use itertools::Itertools as _;

/// Items enough for an order that is hardly ever the same twice.
fn items() -> impl Iterator<Item = (String, u32)> {
    (0..24).map(|n| (format!("item {n}"), n % 5))
}

pub(crate) fn names() -> Vec<String> {
    let stock: HashMap<_, _> = items().collect();
    stock.into_keys().collect()
}

pub(crate) fn tags() -> String {
    let tags: HashSet<String> = items().map(|(name, _)| name).collect();
    tags.iter().join(",")
}

pub(crate) fn as_json() -> String {
    let stock: HashMap<_, _> = items().collect();
    serde_json::to_string(&stock).unwrap_or_default()
}

pub(crate) fn most() -> Option<String> {
    let stock: HashMap<_, _> = items().collect();
    let most = stock.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(name, _)| name)
}

pub(crate) fn grouped() -> Vec<u32> {
    let groups = items().into_group_map();
    groups.into_values().flatten().collect()
}

pub(crate) fn counted() -> String {
    let counts = items().map(|(name, _)| name).counts();
    format!("{counts:?}")
}

pub(crate) fn of_hashbrown() -> Vec<String> {
    let stock: hashbrown::HashMap<_, _> = items().collect();
    stock.into_keys().collect()
}

pub(crate) fn of_ahash() -> Vec<String> {
    let stock: AHashMap<_, _> = items().collect();
    stock.into_keys().collect()
}

pub(crate) fn of_dashmap() -> Vec<String> {
    let stock: DashMap<_, _> = items().collect();
    stock.into_iter().map(|(name, _)| name).collect()
}

#[derive(Debug, Default)]
pub(crate) struct Stock {
    by_name: HashMap<String, u32>,
}

impl Extend<(String, u32)> for Stock {
    fn extend<I: IntoIterator<Item = (String, u32)>>(&mut self, items: I) {
        self.by_name.extend(items);
    }
}

/// Sums in the order of the map: what is carried from item to item shows it.
pub(crate) fn checksum() -> u32 {
    let mut stock = Stock::default();
    stock.extend(items());
    let amounts = stock.by_name.values();
    amounts.fold(7, |sum: u32, n| sum.wrapping_mul(31).wrapping_add(*n))
}

/// In order, but which of two with the same key stays is not.
pub(crate) fn last_of_each() -> Vec<String> {
    let by_count: BTreeMap<usize, String> =
        names().into_iter().map(|name| (name.len(), name)).collect();
    by_count.into_values().collect()
}
