use flowstone::action;

#[action(retry(attempts = 0))]
async fn none() {}

#[action(retry(attempts = "many"))]
async fn many() {}

fn main() {}
