use flowstone::action;

#[flowstone::flow]
async fn checkout(cents: u64) -> u64 {
    cents
}

#[action]
async fn charge(cents: u64) -> u64 {
    checkout(cents).await
}

fn main() {}
