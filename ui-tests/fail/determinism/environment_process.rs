use flowstone::flow;
use std::env;

#[flow]
async fn configure() -> String {
    format!("{} {}", env::var("HOME").unwrap_or_default(), std::process::id())
}

fn main() {}
