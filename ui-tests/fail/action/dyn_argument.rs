use flowstone::action;

#[action]
async fn greet(name: &(dyn ToString + Sync)) -> String {
    name.to_string()
}

fn main() {}
