use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn first(n: u64) -> u64 {
    let none = flow::join!();
    flow::race! { tick(n), tick(n + 1) }
}

fn main() {}
