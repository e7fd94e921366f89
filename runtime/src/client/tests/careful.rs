//! After a crash: the instance that ends the process is found and parked, the
//! others go on.

use std::sync::{Arc, Mutex};

use expect_test::expect;
use serde_json::{Value, json};

use super::support::*;
use crate::record::Happening;
use crate::store::{Counters, Left, MemoryStore, Store, StoreError, View};
use crate::turn::Write;

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

/// A store that notes how many writes each commit had.
#[derive(Debug)]
struct Noting(MemoryStore, Arc<Mutex<Vec<usize>>>);

impl Store for Noting {
    fn begin(&self) -> Result<Left, StoreError> {
        self.0.begin()
    }
    fn end(&self) -> Result<(), StoreError> {
        self.0.end()
    }
    fn abandon(&self) {
        self.0.abandon();
    }
    fn reopen(&self) -> Result<(), StoreError> {
        self.0.reopen()
    }
    fn counters(&self) -> Result<Counters, StoreError> {
        self.0.counters()
    }
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        self.1.lock().unwrap().push(batch.len());
        self.0.commit(batch)
    }
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.0.view()
    }
}

/// All of them in one commit would be as large as the store.
#[tokio::test]
async fn many_instances_are_counted_in_bounded_commits() {
    const INSTANCES: u32 = 8_000;
    let world = World::default();
    let store = MemoryStore::new();
    let one = engine(&world, store.clone()).await;
    let mut starts = tokio::task::JoinSet::new();
    for n in 0..INSTANCES {
        let (one, call) = (one.clone(), script(vec![Do::Act(How::Hang)]));
        starts.spawn(async move { one.start(format!("i{n}"), call).await.map(drop) });
    }
    while let Some(started) = starts.join_next().await {
        started.unwrap().unwrap();
    }
    drop(one);
    let sizes = Arc::default();
    let two = engine(&world, Noting(store, Arc::clone(&sizes))).await;
    // All was counted once this is durable, as batches are written in order.
    two.start("last", script(vec![])).await.unwrap();
    let counted = two.journal(format!("i{}", INSTANCES - 1)).await.unwrap();
    assert_eq!(counted.last().unwrap().what, Happening::Recovered);
    let sizes = sizes.lock().unwrap().clone();
    assert!(sizes.iter().sum::<usize>() >= 16_000, "{sizes:?}");
    // What a commit may have, and one batch over it.
    let most = sizes.iter().max().unwrap();
    assert!(*most <= 8 * 1024 + 2 * 1024, "{sizes:?}");
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
