use flowstone::action;

#[action]
async fn charge(cents: u64) -> Result<u64, String> {
    Ok(cents)
}

#[action]
async fn charge_twice(cents: u64) -> Result<u64, String> {
    let first = charge(cents).await?;
    Ok(first + 1)
}

fn main() {}
