use flowstone::action;

#[action(retry(tries = 5, forever = true))]
async fn charge() {}

fn main() {}
