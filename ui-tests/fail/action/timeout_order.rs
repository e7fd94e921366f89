use flowstone::action;

#[action(total_timeout = "1s", timeout = "1m")]
async fn charge() {}

fn main() {}
