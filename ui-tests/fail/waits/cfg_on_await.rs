use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn sometimes() {
    #[cfg(unix)]
    let value = 1;
    #[cfg(windows)]
    tick(1).await;
}

fn main() {}
