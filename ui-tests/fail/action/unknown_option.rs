use flowstone::action;

#[action(retries = 5, deadline = "5s")]
async fn charge() {}

fn main() {}
