//! A program whose manifest gives Flowstone another name: `extern crate` in its
//! root gives back the one that generated code says.

extern crate durable as flowstone;

use durable::prelude::*;

/// Four times `n`, in two calls.
#[flow]
pub async fn four_times(n: u32) -> Result<u32, ActionFailure> {
    let twice = double(n).await?;
    double(twice).await
}

#[action]
async fn double(n: u32) -> Result<u32, ActionFailure> {
    Ok(2 * n)
}

/// Gives back what it got.
#[flow]
pub async fn same<T: Durable>(value: T) -> T {
    flow::sleep(Duration::from_millis(1)).await;
    value
}

durable::register_flow!(same<u32>);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn flows_run_under_another_name_of_the_library() {
        let engine = Engine::builder().in_memory().open().await.expect("opens");
        let result = engine.run("a", four_times(2)).await.expect("it runs");
        assert_eq!(result.ok(), Some(8));
        assert_eq!(engine.run("b", same(7_u32)).await.expect("it runs"), 7);
    }
}
