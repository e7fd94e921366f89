use flowstone::flow;

#[flow]
async fn greet(name: impl ToString) -> String {
    name.to_string()
}

fn main() {}
