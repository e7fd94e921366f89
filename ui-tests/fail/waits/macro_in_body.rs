use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn twice() -> u64 {
    macro_rules! again {
        ($value:expr) => { $value + $value };
    }
    tick(1).await + again!(1)
}

fn main() {}
