use flowstone::action;

#[action(timeout = "5s", retry(jitter = 0, jitter = 0), timeout = "6s")]
async fn charge() {}

fn main() {}
