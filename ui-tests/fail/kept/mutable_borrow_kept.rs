use flowstone::prelude::*;

#[flow]
async fn first(mut items: Vec<u32>) -> Vec<u32> {
    let Some(first) = items.iter_mut().find(|item| **item > 1) else {
        return items;
    };
    flow::sleep(Duration::from_secs(1)).await;
    *first += 1;
    items
}

fn main() {}
