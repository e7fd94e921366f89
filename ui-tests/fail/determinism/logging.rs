#![deny(warnings)]

use flowstone::flow;

#[flow]
async fn greet(name: String) -> String {
    tracing::info!(%name, "greeted"); // told once
    log::warn!("greeted {name}");
    name
}

#[allow(deprecated)]
mod hushed {
    #[flowstone::flow]
    async fn greet(name: String) -> String {
        log::info!("greeted {name}");
        name
    }
}

fn main() {}
