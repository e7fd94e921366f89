#![deny(deprecated)]

use flowstone::flow;

#[flow]
async fn greet(name: String) -> String {
    tracing::info!(%name, "greeted");
    log::warn!("greeted {name}");
    name
}

fn main() {}
