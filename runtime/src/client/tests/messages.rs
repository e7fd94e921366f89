//! Messages: before, while and after the flow asks; each once, in order.

use serde_json::json;

use super::support::*;
use crate::client::SendError;
use crate::store::{MemoryStore, RedbStore};

fn receive(channel: &str) -> Do {
    Do::Receive(channel.to_owned())
}

#[tokio::test]
async fn messages_wait_in_order_until_the_flow_asks() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let gate = Do::Act(How::Gate("g".into()));
    let numbers = || receive("numbers");
    let call = script(vec![
        gate,
        numbers(),
        receive("other"),
        numbers(),
        numbers(),
    ]);
    let handle = engine.start("a", call).await.unwrap();
    for n in 1..=3 {
        handle.send(NUMBERS, n).await.unwrap();
    }
    handle.send(OTHER, 100).await.unwrap();
    assert_eq!(engine.describe("a").await.unwrap().messages.len(), 2);
    sound(&engine).await;
    world.open_gate("g");
    let result = handle.result().await.unwrap();
    assert_eq!(result[1..], [json!(1), json!(100), json!(2), json!(3)]);
    sound(&engine).await;
}

#[tokio::test]
async fn a_message_to_nobody_or_to_a_finished_instance_is_refused() {
    let engine = engine(&World::default(), MemoryStore::new()).await;
    let error = engine.send("nobody", NUMBERS, 1).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown { .. }), "{error}");
    engine.run("a", script(vec![])).await.unwrap();
    let error = engine.send("a", NUMBERS, 1).await.unwrap_err();
    assert!(matches!(error, SendError::Finished { .. }), "{error}");
}

#[tokio::test]
async fn stored_messages_survive_a_crash_and_arrive_once() {
    let folder = tempfile::tempdir().unwrap();
    let open = || RedbStore::open(folder.path().join("a.redb")).unwrap();
    let world = World::default();
    let one = engine(&world, open()).await;
    let gate = Do::Act(How::Gate("g".into()));
    let mut steps = vec![gate];
    steps.extend((0..20).map(|_| receive("numbers")));
    let handle = one.start("a", script(steps)).await.unwrap();
    for n in 0..20 {
        handle.send(NUMBERS, n).await.unwrap();
    }
    drop((one, handle));
    let two = engine(&world, open()).await;
    world.open_gate("g");
    let result = two
        .handle::<Vec<serde_json::Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result[1..], (0..20).map(|n| json!(n)).collect::<Vec<_>>());
    sound(&two).await;
}

#[tokio::test]
async fn as_many_messages_are_received_as_were_sent_by_many() {
    let engine = engine(&World::default(), MemoryStore::new()).await;
    let steps = (0..400).map(|_| receive("numbers")).collect();
    let handle = engine.start("a", script(steps)).await.unwrap();
    let senders = (0..8).map(|sender| {
        let handle = handle.clone();
        tokio::spawn(async move {
            for n in 0..50 {
                handle.send(NUMBERS, sender * 1000 + n).await.unwrap();
            }
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await.unwrap();
    }
    let result = handle.result().await.unwrap();
    let mut got: Vec<u64> = result.iter().map(|n| n.as_u64().unwrap()).collect();
    for sender in 0..8 {
        let own = got.iter().filter(|n| **n / 1000 == sender);
        assert!(own.is_sorted(), "the order of one sender is kept");
    }
    got.sort_unstable();
    let sent: Vec<u64> = (0..8)
        .flat_map(|s| (0..50).map(move |n| s * 1000 + n))
        .collect();
    assert_eq!(got, sent);
    sound(&engine).await;
}
