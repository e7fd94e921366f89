use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn log() {
    my_macro!(value => tick(1).await);
}

fn main() {}
