//! An item of a `for` loop that cannot be stored: said once, at its name.

use flowstone::{action, flow};

struct Line<'a>(&'a u64);

#[action]
async fn price(n: u64) -> u64 {
    n
}

#[flow]
async fn total(lines: Vec<u64>) -> u64 {
    let mut sum = 0;
    for line in lines.iter().map(|line| Line(line)) {
        sum += price(sum).await;
        sum += *line.0;
    }
    sum
}

fn main() {}
