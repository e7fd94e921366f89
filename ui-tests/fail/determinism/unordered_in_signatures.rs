#![deny(warnings)]

use flowstone::flow;
use std::collections::{BTreeMap, HashMap, HashSet};

#[flow]
async fn counted(words: HashSet<String>) -> HashMap<String, u64> {
    let sorted: BTreeMap<String, u64> = words.into_iter().map(|word| (word, 1)).collect();
    sorted.into_iter().collect()
}

fn main() {}
