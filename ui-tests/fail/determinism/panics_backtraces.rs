use flowstone::flow;
use std::backtrace::Backtrace;

#[flow]
async fn careful(n: u64) -> bool {
    let caught = std::panic::catch_unwind(|| n / 2);
    let trace = Backtrace::capture();
    caught.is_ok()
}

fn main() {}
