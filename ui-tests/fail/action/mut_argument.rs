use flowstone::action;

#[action]
async fn fill(names: &mut Vec<String>) {
    names.push(String::new());
}

fn main() {}
