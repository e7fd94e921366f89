use flowstone::action;

#[action]
async fn first(names: &[String]) -> &str {
    &names[0]
}

fn main() {}
