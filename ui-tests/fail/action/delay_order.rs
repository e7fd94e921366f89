use flowstone::action;

#[action(retry(first_delay = "10s", max_delay = "5s"))]
async fn charge() {}

#[action(retry(first_delay = "5m"))]
async fn longer_than_the_default() {}

fn main() {}
