use flowstone::{Engine, flow};

#[flow]
async fn name() -> &'static str {
    "name"
}

#[flow]
async fn found(name: String) -> Result<u64, &'static str> {
    if name.is_empty() { Err("no name") } else { Ok(1) }
}

#[flow]
async fn both() -> bool {
    name().await.is_empty()
}

async fn start(engine: &Engine) {
    let handle = engine.start("one", found("name".into())).await.unwrap();
    let _ = handle.result().await;
}

fn main() {}
