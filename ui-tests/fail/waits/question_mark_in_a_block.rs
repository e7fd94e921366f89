use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

#[flow]
async fn halves(n: u64) -> Result<u64, String> {
    let (a,) = flow::join!(async {
        let half = n.checked_div(2)?;
        Ok::<_, String>(tick(half).await)
    });
    a
}

fn main() {}
