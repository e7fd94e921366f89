use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn all(n: u64) -> Vec<u64> {
    let mut seen = Vec::new();
    flow::join!(
        async { seen.push(tick(n).await) },
        async { seen.push(tick(n + 1).await) }
    );
    seen
}

fn main() {}
