use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn verdict(n: u64) -> String {
    let (a, (b, c)) = flow::join!(
        async {
            match tick(n).await {
                0 => "none",
                1 => {
                    tick(2).await;
                    "one"
                }
                _ => if n > 3 { "many" } else { b"few" },
            }
        },
        async { (tick(n).await, "text") },
    );
    format!("{a} {b} {c}")
}

fn main() {}
