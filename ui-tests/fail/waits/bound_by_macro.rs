use flowstone::prelude::*;

#[action]
async fn count(number: u64) -> u64 {
    number
}

macro_rules! bind {
    ($name:ident = $value:expr) => {
        let $name = $value;
    };
}

#[flow]
async fn bound_by_macro(number: u64) -> u64 {
    bind!(more = number + 1);
    count(more).await + more
}

#[flow]
async fn bound_before_a_loop(number: u64) -> u64 {
    bind!(more = number + 1);
    let mut sum = 0;
    for _ in 0..number {
        sum += count(more).await;
    }
    sum
}

fn main() {}
