use flowstone::flow;

#[flow]
async fn name() -> &'static str {
    "name"
}

fn main() {}
