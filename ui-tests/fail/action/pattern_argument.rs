use flowstone::action;

#[action]
async fn area((width, height): (u64, u64)) -> u64 {
    width * height
}

fn main() {}
