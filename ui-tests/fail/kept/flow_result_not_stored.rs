use flowstone::flow;

struct Receipt;

#[flow]
async fn checkout() -> Receipt {
    Receipt
}

fn main() {}
