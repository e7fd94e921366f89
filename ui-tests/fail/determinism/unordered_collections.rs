use flowstone::flow;
use std::collections::*;

#[flow]
async fn count(words: Vec<String>) -> HashMap<String, usize> {
    let seen = words.iter().cloned().collect::<HashSet<String>>();
    let mut counts = HashMap::new();
    counts.insert(String::new(), seen.len());
    counts
}

fn main() {}
