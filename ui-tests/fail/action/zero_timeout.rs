use flowstone::action;

#[action(timeout = "0s")]
async fn charge() {}

fn main() {}
