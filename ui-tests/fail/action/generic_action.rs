use flowstone::action;

#[action]
async fn save<T: serde::Serialize>(value: T) {
    drop(value);
}

fn main() {}
