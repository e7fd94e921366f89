use flowstone::prelude::*;

fn pick(items: &mut [u32]) -> Option<&mut u32> {
    items.iter_mut().find(|item| **item > 1)
}

#[flow]
async fn first(mut items: Vec<u32>) -> Vec<u32> {
    let Some(first) = pick(&mut items) else {
        return items;
    };
    flow::sleep(Duration::from_secs(1)).await;
    *first += 1;
    items
}

fn main() {}
