//! A flow that gives back what it takes: that this cannot be stored is told once.

use flowstone::prelude::*;

#[flow]
async fn back<T>(value: T) -> T {
    value
}

struct Order;

#[flow]
async fn order(n: u32, order: Order) -> Order {
    drop(n);
    order
}

fn main() {}
