use flowstone::prelude::*;

#[flow]
async fn last<T: Clone>(items: Vec<T>) -> Option<T> {
    flow::sleep(Duration::from_millis(1)).await;
    items.last().cloned()
}

#[flow]
async fn made<T>(n: u64) -> (u64, T)
where
    T: Default,
{
    flow::sleep(Duration::from_millis(n)).await;
    (n, T::default())
}

fn main() {}
