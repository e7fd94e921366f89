use flowstone::prelude::*;

#[flow]
async fn best(items: Vec<u32>) -> u32 {
    let mut best = &items[0];
    for item in &items {
        if item > best {
            best = item;
        }
        flow::sleep(Duration::from_secs(1)).await;
    }
    *best
}

fn main() {}
