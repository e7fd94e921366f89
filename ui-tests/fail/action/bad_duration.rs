use flowstone::action;

#[action(timeout = "5 sec", total_timeout = 60, retry(first_delay = "1.5s"))]
async fn charge() {}

fn main() {}
