use flowstone::prelude::*;

fn next(n: u64) -> u64 {
    n + 1
}

#[flow]
async fn nested(n: u64) -> u64 {
    let first = next(n);
    {
        fn next(n: u64) -> u64 {
            n + 50
        }
        flow::sleep(Duration::from_secs(next(1))).await;
    }
    first
}

fn main() {}
