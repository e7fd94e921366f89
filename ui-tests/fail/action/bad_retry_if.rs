use flowstone::action;

#[action(retry_if = "is_busy")]
async fn charge() -> Result<(), String> {
    Ok(())
}

fn main() {}
