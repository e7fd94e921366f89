//! Timers: never early, in order, and free of charge while they run.

use std::time::Duration;

use serde_json::Value;

use super::support::*;
use crate::record::{Happening, JournalSeq, Status};
use crate::store::{MemoryStore, Store};

#[tokio::test]
async fn a_timer_fires_at_its_time_and_not_before() {
    let world = World::default();
    let engine = still_engine(&world, MemoryStore::new()).await;
    let handle = engine
        .start("a", script(vec![Do::Sleep(1000), echo(1)]))
        .await
        .unwrap();
    engine.advance(Duration::from_micros(999_999));
    // A command is a round through the turn thread, after the clock's event.
    engine.start("b", script(vec![])).await.unwrap();
    assert_eq!(handle.describe().await.unwrap().status, Status::Waiting);
    engine.advance(Duration::from_micros(1));
    handle.result().await.unwrap();
    sound(&engine).await;
}

#[tokio::test]
async fn a_hundred_thousand_due_timers_fire_in_order() {
    const TIMERS: u64 = 100_000;
    let world = World::default();
    let store = MemoryStore::new();
    let engine = still_engine(&world, store.clone()).await;
    let starts = (0..TIMERS).map(|n| {
        let engine = engine.clone();
        // Later instances are due earlier.
        let call = script(vec![Do::Sleep(TIMERS - n)]);
        async move { engine.start(format!("{n}"), call).await.unwrap() }
    });
    let starts: Vec<_> = starts.map(tokio::spawn).collect();
    for start in starts {
        start.await.unwrap();
    }
    engine.advance(Duration::from_millis(TIMERS));
    let last = engine.handle::<Vec<Value>>("0").unwrap();
    last.result().await.unwrap();
    let fired = fired(&store);
    assert_eq!(fired.len(), 100_000, "the last due one fired before others");
    assert!(fired.into_iter().eq((0..TIMERS).rev()), "not in order");
    sound(&engine).await;
}

/// The instances whose timers fired, by their ids, in the order of their turns.
fn fired(store: &MemoryStore) -> Vec<u64> {
    let end = store.counters().unwrap().next_seq.0;
    let view = store.view().unwrap();
    let entries = (0..end).filter_map(|seq| view.entry(JournalSeq(seq)).unwrap());
    let timers = entries.filter(|entry| matches!(entry.what, Happening::Timer { .. }));
    let ids = timers.map(|entry| view.load(entry.key).unwrap().unwrap().0.id);
    ids.map(|id| id.as_str().parse().unwrap()).collect()
}

#[tokio::test]
async fn timers_that_were_due_while_nobody_ran_fire_after_a_crash() {
    let world = World::default();
    let store = MemoryStore::new();
    let one = still_engine(&world, store.clone()).await;
    for n in 0..3000 {
        one.start(format!("{n}"), script(vec![Do::Sleep(3000 - n)]))
            .await
            .unwrap();
    }
    drop(one);
    let later = crate::Timestamp::from_micros(1 << 40);
    let two = builder(&world, store.clone())
        .manual_clock(later)
        .open()
        .await
        .unwrap();
    for n in 0..3000 {
        two.handle::<Vec<Value>>(format!("{n}"))
            .unwrap()
            .result()
            .await
            .unwrap();
    }
    assert!(
        fired(&store).into_iter().eq((0..3000).rev()),
        "not in order"
    );
    two.start("new", script(vec![Do::Sleep(0)]))
        .await
        .unwrap()
        .result()
        .await
        .unwrap();
    sound(&two).await;
}
