use flowstone::flow;

#[flow]
const async fn now() -> u64 {
    1
}

fn main() {}
