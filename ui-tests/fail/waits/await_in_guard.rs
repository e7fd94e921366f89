use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn choose(value: u64) -> u64 {
    match value {
        0 if tick(1).await == 1 => 1,
        _ => 2,
    }
}

fn main() {}
