use flowstone::prelude::*;

#[derive(Clone, Copy)]
struct Step(u64);

#[flow]
async fn nested(n: u64) -> u64 {
    let first = Step(n);
    {
        #[derive(Clone, Copy)]
        struct Step(u64, u64);
        let step = Step(n, 50);
        flow::sleep(Duration::from_secs(step.0 + step.1)).await;
    }
    first.0
}

fn main() {}
