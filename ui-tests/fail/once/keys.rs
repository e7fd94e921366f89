//! A map whose keys have no order, and items that are not what a pattern says: each told
//! once, where plain code tells it.

use std::collections::BTreeMap;

use flowstone::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
struct Item {
    sku: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Receipt {
    key: u64,
}

#[action]
async fn price(sku: &str) -> u64 {
    sku.len() as u64
}

#[action]
async fn tick(n: u64) -> u64 {
    n
}

#[flow]
async fn no_order(items: Vec<Item>) -> usize {
    let mut prices = BTreeMap::new();
    for item in &items {
        let cents = price(&item.sku).await;
        prices.insert(item.clone(), cents);
    }
    prices.len()
}

#[flow]
async fn numbered(items: Vec<Item>) -> u64 {
    let mut all = 0;
    for (at, Receipt { key }) in items.iter().enumerate() {
        all += tick(*key).await + at as u64;
    }
    all
}

#[flow]
async fn numbered_to_change(mut items: Vec<Item>) -> usize {
    for (_, Receipt { key }) in items.iter_mut().enumerate() {
        *key = tick(*key).await;
    }
    items.len()
}

#[flow]
async fn numbered_values(items: Vec<Item>) -> u64 {
    let mut all = 0;
    for (at, Receipt { key }) in items.into_iter().enumerate() {
        all += tick(key).await + at as u64;
    }
    all
}

#[flow]
async fn first_of_two(items: Vec<Item>, more: Vec<u64>) -> u64 {
    let mut all = 0;
    for (Receipt { key }, more) in items.iter().zip(more.iter()) {
        all += tick(*key).await + *more;
    }
    all
}

#[flow]
async fn numbered_letters(text: String) -> usize {
    let mut all = 0;
    for (at, 7) in text.chars().enumerate() {
        tick(1).await;
        all += at;
    }
    all
}

fn main() {}
