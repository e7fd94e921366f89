use flowstone::action;

#[action]
async fn charge(cents: u64) -> Result<u64, Box<dyn std::error::Error>> {
    Ok(cents)
}

fn main() {}
