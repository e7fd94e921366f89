use flowstone::flow;

#[flow]
async fn greet(name: &str) -> String {
    name.to_owned()
}

fn main() {}
