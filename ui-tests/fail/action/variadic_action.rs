use flowstone::action;

#[action]
async fn print(format: usize, rest: ...) {
    drop(format);
}

fn main() {}
