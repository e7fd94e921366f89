use flowstone::flow;

#[flow]
fn now() -> u64 {
    1
}

fn main() {}
