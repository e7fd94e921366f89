//! What a loop cannot find its place in again: a collection of the user's own, and
//! an iterator behind a `&mut`.

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Bag(Vec<u32>);

impl<'a> IntoIterator for &'a Bag {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[flow]
async fn over_a_bag(n: u32) -> u32 {
    let bag = Bag(vec![n]);
    let mut sum = 0;
    for x in &bag {
        sum += count(*x).await;
    }
    sum
}

fn left_of(items: Vec<u32>) -> std::vec::IntoIter<u32> {
    items.into_iter()
}

#[flow]
async fn over_what_is_left(items: Vec<u32>) -> u32 {
    let mut left = left_of(items);
    let mut sum = 0;
    for x in &mut left {
        sum += count(x).await;
    }
    sum
}

fn main() {}
