//! A flow is called with what it cannot take: told at the argument and at the call, as
//! of any generic function whose result has the argument's type in it.

use flowstone::prelude::*;

struct NotDurable;

#[flow]
async fn held<T: Durable>(value: T) -> u32 {
    drop(value);
    1
}

#[flow]
async fn caller(n: u32) -> u32 {
    held(NotDurable).await + n
}

fn main() {}
