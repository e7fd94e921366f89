use flowstone::action;

#[action]
async fn greet(name: String, #[cfg(unix)] greeting: String) -> String {
    format!("{greeting} {name}")
}

fn main() {}
