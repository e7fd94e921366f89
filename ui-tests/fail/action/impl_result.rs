use flowstone::action;

#[action]
async fn names() -> impl Iterator<Item = u8> {
    [1, 2].into_iter()
}

fn main() {}
