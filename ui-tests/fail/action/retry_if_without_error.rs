use flowstone::action;

fn is_busy(error: &String) -> bool {
    error.is_empty()
}

#[action(retry_if = is_busy)]
async fn charge() {}

fn main() {}
