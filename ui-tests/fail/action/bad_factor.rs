use flowstone::action;

#[action(retry(factor = 0.5))]
async fn shrinks() {}

#[action(retry(factor = -2))]
async fn negative() {}

fn main() {}
