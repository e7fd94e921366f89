use flowstone::action;

#[action(retry(jitter = 1.5))]
async fn charge() {}

fn main() {}
