use flowstone::action;

#[action(name = "")]
async fn charge() {}

fn main() {}
