use flowstone::flow;

#[flow]
async fn greet(name: &str) -> String {
    name.to_owned()
}

#[flow]
async fn greet_all(names: Vec<(u64, Option<&'static str>)>) -> usize {
    names.len()
}

fn main() {}
