use flowstone::flow;
use std::env;

#[flow]
async fn configure() -> String {
    format!("{} {}", env::var("HOME").unwrap_or_default(), std::process::id())
}

// Only the refusal is told: not that nothing changes `n`.
#[flow]
async fn counted(mut n: u32) -> u32 {
    n += std::process::id();
    n
}

fn main() {}
