use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn lock() -> u64 {
    let lock = std::sync::Mutex::new(1);
    let guard = lock.lock().unwrap();
    let more = tick(1).await;
    *guard + more
}

fn main() {}
