//! Names of variables that are gone where they are used, and of fields without `self`:
//! rustc tells of each once.

use flowstone::prelude::*;

#[action]
async fn price(n: u64) -> u64 {
    n
}

#[flow]
async fn behind_a_loop(all: Vec<u64>) -> u64 {
    for n in &all {
        let cents = price(*n).await;
        price(cents).await;
    }
    price(cents).await
}

#[flow]
async fn behind_a_block(n: u64) -> String {
    {
        let cents = price(n).await;
        price(cents).await;
    }
    let more = price(n).await + cents;
    format!("{more} {cents}")
}

#[flow]
async fn in_another_arm(n: Option<u64>) -> u64 {
    match n {
        Some(n) => {
            let cents = price(n).await;
            price(cents).await
        }
        None => {
            while cents < 3 {
                price(1).await;
            }
            price(2).await
        }
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Cart {
    number: u64,
}

#[flow]
impl Cart {
    #[flow]
    async fn order(self) -> u64 {
        let cents = price(1).await;
        price(number).await + cents
    }
}

fn main() {}
