use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn all(n: u64) -> u64 {
    loop {
        flow::join!(async {
            if tick(n).await == 1 {
                break;
            }
        });
    }
}

fn main() {}
