use flowstone::action;

#[action(name = charge)]
async fn charge() {}

fn main() {}
