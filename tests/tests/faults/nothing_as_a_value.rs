//! Values that look like no value: `()`, `None`, empty bytes, an `Err`.

use std::sync::atomic::{AtomicU32, Ordering};

use flowstone::prelude::*;

#[derive(Debug, Default)]
pub(crate) struct Calls(AtomicU32);

#[action]
async fn nothing(calls: Dep<Calls>) {
    calls.0.fetch_add(1, Ordering::SeqCst);
}

#[action]
async fn none(calls: Dep<Calls>) -> Option<Option<u8>> {
    calls.0.fetch_add(1, Ordering::SeqCst);
    None
}

#[action]
async fn some_none(calls: Dep<Calls>) -> Option<Option<u8>> {
    calls.0.fetch_add(1, Ordering::SeqCst);
    Some(None)
}

#[action]
async fn empty(calls: Dep<Calls>) -> Vec<u8> {
    calls.0.fetch_add(1, Ordering::SeqCst);
    Vec::new()
}

#[action(retry(never))]
async fn refusal(calls: Dep<Calls>) -> Result<(), ()> {
    calls.0.fetch_add(1, Ordering::SeqCst);
    Err(())
}

const GO: Channel<()> = Channel::new("go");

type Values = (
    Option<Option<u8>>,
    Option<Option<u8>>,
    Vec<u8>,
    Result<(), ()>,
);

#[flow]
async fn collect() -> Values {
    nothing().await;
    let values = (
        none().await,
        some_none().await,
        empty().await,
        refusal().await,
    );
    flow::receive(GO).await;
    values
}

#[flow]
async fn without_a_result() {
    nothing().await;
}

/// dbos-py#172: a recorded `None` looked like "not run", and the step ran
/// again. sdk-core 386477b7: a null result could not be parsed.
#[tokio::test]
async fn a_value_that_is_nothing_is_still_a_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.redb");
    let engine = Engine::builder().path(&file).provide(Calls::default());
    let engine = engine.open().await.expect("it opens");
    let handle = engine.start("values", collect()).await.expect("it starts");
    engine
        .run("unit", without_a_result())
        .await
        .expect("it ends");
    // It waits for a message: whatever it called before is stored.
    while handle
        .describe()
        .await
        .expect("it is there")
        .state
        .as_deref()
        != Some("receive")
    {
        tokio::task::yield_now().await;
    }
    drop((handle, engine));

    let again = Engine::builder()
        .path(&file)
        .wait_for_file(Duration::from_secs(10));
    let again = again
        .provide(Calls::default())
        .open()
        .await
        .expect("it opens again");
    again.send("values", GO, ()).await.expect("it is sent");
    let values = again.run("values", collect()).await.expect("it ends");
    assert_eq!(values, (None, Some(None), Vec::new(), Err(())));
    again
        .run("unit", without_a_result())
        .await
        .expect("its result is kept");
    assert_eq!(again.check().await.expect("it is read"), []);
}
