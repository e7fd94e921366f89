//! After a crash: the instance that ends the process is found and parked, the
//! others go on.

use expect_test::expect;
use serde_json::{Value, json};

use super::support::*;
use crate::store::MemoryStore;

/// A crash is a drop: the store keeps its mark.
#[tokio::test]
async fn an_instance_that_is_cut_off_again_and_again_is_quarantined() {
    let world = World::default();
    let store = MemoryStore::new();
    let open = || builder(&world, store.clone()).max_recoveries(3).open();
    let one = open().await.unwrap();
    one.start("killer", script(vec![Do::Act(How::Hang)]))
        .await
        .unwrap();
    world.begun("killer/0#1").await;
    drop(one);
    for attempt in 2..=4 {
        let engine = open().await.unwrap();
        world.begun(&format!("killer/0#{attempt}")).await;
        sound(&engine).await;
        drop(engine);
    }
    let last = open().await.unwrap();
    let handle = last.handle::<Vec<Value>>("killer").unwrap();
    let reason = parked(&handle).await;
    expect!["quarantined: the process ended 4 times without `Engine::shutdown` while `act` or the flow's code behind it ran (script::call at script.rs:10); if it was stopped from outside, call `shutdown` on its signals or raise `Builder::max_recoveries`, else mend what ends it; then retry"].assert_eq(&reason.to_string());
    assert_eq!(world.ledger().len(), 4);
    sound(&last).await;
    last.retry("killer").await.unwrap();
    world.begun("killer/0#6").await;
    last.force_delete("killer").await.unwrap();
    sound(&last).await;
}

#[tokio::test]
async fn suspects_go_on_one_after_the_other_and_innocent_ones_finish() {
    let world = World::default();
    let store = MemoryStore::new();
    let gate = |name: &str| script(vec![Do::Act(How::Gate(name.to_owned()))]);
    let one = engine(&world, store.clone()).await;
    for name in ["a", "b", "c"] {
        one.start(name, gate(name)).await.unwrap();
        world.begun(&format!("{name}/0#1")).await;
    }
    drop(one);
    let two = engine(&world, store.clone()).await;
    for name in ["a", "b", "c"] {
        world.begun(&format!("{name}/0#2")).await;
    }
    drop(two);
    let three = engine(&world, store.clone()).await;
    for name in ["a", "b", "c"] {
        world.begun(&format!("{name}/0#3")).await;
        let begun = world
            .ledger()
            .iter()
            .filter(|began| began.ends_with("#3"))
            .count();
        assert_eq!(begun, usize::from(name.as_bytes()[0] - b'a') + 1);
        world.open_gate(name);
        let handle = three.handle::<Vec<Value>>(name).unwrap();
        assert_eq!(handle.result().await.unwrap(), [json!({"Ok": name})]);
    }
    sound(&three).await;
}

#[tokio::test]
async fn a_clean_stop_is_not_counted() {
    let world = World::default();
    let store = MemoryStore::new();
    let open = || builder(&world, store.clone()).max_recoveries(1).open();
    let one = open().await.unwrap();
    one.start("a", script(vec![Do::Act(How::Gate("g".into()))]))
        .await
        .unwrap();
    for attempt in 1..6 {
        let engine = if attempt == 1 {
            one.clone()
        } else {
            open().await.unwrap()
        };
        world.begun(&format!("a/0#{attempt}")).await;
        engine.shutdown(std::time::Duration::ZERO).await.unwrap();
    }
    let last = open().await.unwrap();
    world.open_gate("g");
    let result = last
        .handle::<Vec<Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result, [json!({"Ok": "g"})]);
}
