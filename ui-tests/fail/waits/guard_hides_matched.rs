use flowstone::{action, flow};
#[action]
async fn stock(item: u64) -> u64 {
    item
}

#[flow]
async fn hidden(item: Option<u64>) -> u64 {
    match item {
        Some(number) if let Some(item) = number.checked_add(1) => stock(number).await + item,
        Some(number) if let Some(item) = number.checked_add(2) => number + item,
        _ => 0,
    }
}

fn main() {}
