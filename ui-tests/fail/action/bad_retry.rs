use flowstone::action;

#[action(retry = 5)]
async fn charge() {}

fn main() {}
