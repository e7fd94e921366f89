use flowstone::flow;

#[flow]
async fn name() -> &'static str {
    "name"
}

#[flow]
async fn found(name: String) -> Result<u64, &'static str> {
    if name.is_empty() { Err("no name") } else { Ok(1) }
}

fn main() {}
