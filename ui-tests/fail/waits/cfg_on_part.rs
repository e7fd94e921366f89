use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

struct Pair {
    first: u64,
}

#[flow]
async fn parts() -> u64 {
    let pair = Pair {
        #[cfg(all())]
        first: tick(1).await,
    };
    match pair.first {
        #[cfg(any())]
        1 => tick(2).await,
        first => first,
    }
}

fn main() {}
