//! Names with a slip in them, where the local that is meant is in scope and not needed:
//! rustc tells of it once.

use flowstone::prelude::*;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
enum Event {
    Paid(u64),
    Shipped(String, u64),
}

#[action]
async fn price(n: u64) -> u64 {
    n
}

#[flow]
async fn assigned(all: Vec<u64>) -> u64 {
    let mut total = 0;
    for n in &all {
        let cents = price(*n).await;
        totl += cents;
    }
    total
}

#[flow]
async fn in_an_arm(events: Vec<Event>) -> u64 {
    let mut t = 0;
    for event in &events {
        t += match event {
            Event::Paid(cents) => price(*cents).await,
            Event::Shipped(to, _) => price(to.len() as u64).await + it.cents,
        };
    }
    t
}

/// A local may have the name of a function that is called where it is out of scope.
#[flow]
async fn price_of(n: u64) -> u64 {
    let first = {
        let price = price(n).await;
        price + 1
    };
    price(pric).await + first
}

fn main() {}
