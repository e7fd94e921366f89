//! A method that cannot be parsed yet is one mistake: the others are there.

use flowstone::prelude::*;

#[action]
async fn load(number: u64) -> u64 {
    number
}

struct Order;

#[flow]
impl Order {
    #[flow]
    async fn half_typed(number: u64) -> u64 {
        load(number).await;
        number.
    }

    #[flow]
    async fn whole(number: u64) -> u64 {
        load(number).await + Self::plain()
    }

    fn plain() -> u64 {
        7
    }
}

#[flow]
async fn caller(number: u64) -> u64 {
    Order::half_typed(number).await + Order::whole(number).await
}

fn main() {}
