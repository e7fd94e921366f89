use flowstone::prelude::*;

#[action]
async fn refund(cents: u64) {
    let _ = cents;
}

#[flow]
async fn awaited(cents: u64) {
    flow::on_failure(refund(cents).await);
}

#[flow]
async fn block(cents: u64) {
    flow::on_failure(async move { refund(cents).await });
}

#[flow]
async fn closure(cents: u64) {
    flow::on_failure(|| refund(cents));
}

fn main() {}
