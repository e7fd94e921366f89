use flowstone::action;

fn is_busy(error: &u64) -> bool {
    *error == 0
}

#[action(retry_if = is_busy)]
async fn charge() -> Result<(), String> {
    Ok(())
}

fn main() {}
