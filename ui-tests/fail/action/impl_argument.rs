use flowstone::action;

#[action]
async fn greet(name: impl ToString) -> String {
    name.to_string()
}

fn main() {}
