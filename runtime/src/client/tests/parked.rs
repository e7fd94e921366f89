//! Instances that cannot go on: parked with a reason, and going on after it.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::support::*;
use crate::client::RetryError;
use crate::record::{ParkReason, Status};
use crate::registry::Registry;
use crate::store::MemoryStore;

#[tokio::test]
async fn a_panic_parks_with_its_place_and_the_checkpoint_goes_on_once_mended() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let steps = vec![echo(1), Do::Panic("later".into()), echo(2)];
    let handle = engine.start("a", script(steps)).await.unwrap();
    let reason = parked(&handle).await;
    let ParkReason::Panicked { message, place } = reason else {
        panic!("{reason}")
    };
    assert_eq!(message, "not mended");
    assert!(place.unwrap().file.ends_with("support.rs"));
    let shown = handle.describe().await.unwrap();
    assert_eq!(
        (shown.status, shown.state.as_deref()),
        (Status::Parked, Some("call"))
    );
    assert_eq!(shown.place.unwrap().line, 10);
    sound(&engine).await;
    engine.retry("a").await.unwrap();
    assert!(matches!(parked(&handle).await, ParkReason::Panicked { .. }));
    mended("later").store(true, Ordering::SeqCst);
    engine.retry("a").await.unwrap();
    let result = handle.result().await.unwrap();
    assert_eq!(result, [json!({"Ok": 1}), json!({"Ok": 2})]);
    assert_eq!(world.ledger(), ["a/0#1", "a/1#1"]);
    let error = engine.retry("a").await.unwrap_err();
    assert!(matches!(
        error,
        RetryError::NotParked {
            status: Status::Finished,
            ..
        }
    ));
    sound(&engine).await;
}

#[tokio::test]
async fn a_panic_before_the_first_await_parks_and_others_go_on() {
    let engine = engine(&World::default(), MemoryStore::new()).await;
    let bad = engine
        .start("bad", script(vec![Do::Panic("first".into())]))
        .await
        .unwrap();
    parked(&bad).await;
    engine.run("good", script(vec![echo(1)])).await.unwrap();
    mended("first").store(true, Ordering::SeqCst);
    engine.retry("bad").await.unwrap();
    assert_eq!(bad.result().await.unwrap(), [] as [Value; 0]);
}

#[tokio::test]
async fn a_message_that_could_not_be_applied_is_not_lost() {
    let store = MemoryStore::new();
    let one = engine(&World::default(), store.clone()).await;
    let steps = vec![Do::Receive("numbers".into()), Do::Panic("message".into())];
    let handle = one.start("a", script(steps)).await.unwrap();
    handle.send(NUMBERS, 5).await.unwrap();
    parked(&handle).await;
    handle.send(NUMBERS, 6).await.unwrap();
    drop((one, handle));
    let two = engine(&World::default(), store).await;
    sound(&two).await;
    mended("message").store(true, Ordering::SeqCst);
    two.retry("a").await.unwrap();
    let result = two
        .handle::<Vec<Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result, [json!(5)]);
    sound(&two).await;
}

#[tokio::test]
async fn used_up_attempts_without_an_error_of_the_action_park_and_retry_is_a_fresh_set() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let handle = engine
        .start("a", script(vec![Do::Bare(How::Panic)]))
        .await
        .unwrap();
    let reason = parked(&handle).await;
    assert!(matches!(
        reason,
        ParkReason::NoErrorValue { attempts: 3, .. }
    ));
    assert!(reason.to_string().contains("From<ActionFailure>"));
    engine.retry("a").await.unwrap();
    assert!(matches!(
        parked(&handle).await,
        ParkReason::NoErrorValue { attempts: 6, .. }
    ));
    assert_eq!(world.ledger().len(), 6);
    engine.delete("a").await.unwrap();
    sound(&engine).await;
}

#[tokio::test]
async fn an_unknown_action_or_flow_parks_with_its_name() {
    let world = World::default();
    let store = MemoryStore::new();
    let one = engine(&world, store.clone()).await;
    let handle = one.start("a", script(vec![Do::Missing])).await.unwrap();
    let reason = parked(&handle).await;
    assert_eq!(
        reason,
        ParkReason::UnknownAction {
            action: "missing".into()
        }
    );
    let wait = one
        .start("b", script(vec![Do::Receive("numbers".into())]))
        .await
        .unwrap();
    sound(&one).await;
    drop((one, handle, wait));
    let empty = builder(&world, store.clone()).registry(Registry::default());
    let two = empty.open().await.unwrap();
    two.send("b", NUMBERS, 1).await.unwrap();
    let reason = parked(&two.handle("b").unwrap()).await;
    assert_eq!(
        reason,
        ParkReason::UnknownFlow {
            flow: "script".into(),
            version: 1
        }
    );
    drop(two);
    let three = engine(&world, store).await;
    three.retry("b").await.unwrap();
    let result = three
        .handle::<Vec<Value>>("b")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result, [json!(1)]);
    sound(&three).await;
}
