use flowstone::action;

fn is_busy(error: &String) -> bool {
    error.is_empty()
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Receipt;

#[action(retry_if = is_busy)]
async fn charge() -> Receipt {
    Receipt
}

#[action(retry_if = is_busy)]
async fn count() -> u32 {
    7
}

fn main() {}
