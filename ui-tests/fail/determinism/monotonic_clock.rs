use flowstone::flow;

#[flow]
async fn measure() -> u64 {
    use std::time::*;
    let started = Instant::now();
    started.elapsed().as_secs()
}

fn main() {}
