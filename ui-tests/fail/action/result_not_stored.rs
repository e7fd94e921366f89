use flowstone::action;

struct Receipt;

#[action]
async fn charge() -> Receipt {
    Receipt
}

#[action]
async fn refund() -> Result<u8, std::io::Error> {
    Ok(0)
}

fn main() {}
