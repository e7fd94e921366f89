use flowstone::flow;
use std::time::{self, SystemTime as Clock};

#[flow]
async fn remind() -> bool {
    let started = Clock::now();
    let read: fn() -> Clock = time::SystemTime::now;
    let today = chrono::Utc::now();
    started < read()
}

fn main() {}
