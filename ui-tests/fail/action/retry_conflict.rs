use flowstone::action;

#[action(retry(forever, attempts = 5))]
async fn both() {}

#[action(retry(never, first_delay = "1s"))]
async fn waits_for_nothing() {}

fn main() {}
