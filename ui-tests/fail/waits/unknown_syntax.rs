use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn raw() -> bool {
    (&raw const *tick(1).await).is_null()
}

fn main() {}
