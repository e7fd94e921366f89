use flowstone::flow;

#[flow]
async fn now(first: u64, rest: ...) -> u64 {
    first
}

fn main() {}
