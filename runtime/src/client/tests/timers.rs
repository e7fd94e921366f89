//! Timers: never early, in order, and free of charge while they run.

use std::time::Duration;

use serde_json::Value;

use super::support::*;
use crate::record::Status;
use crate::store::MemoryStore;

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
    let timers: u64 = if cfg!(debug_assertions) {
        20_000
    } else {
        100_000
    };
    let world = World::default();
    let engine = still_engine(&world, MemoryStore::new()).await;
    let starts = (0..timers).map(|n| {
        let engine = engine.clone();
        // Later instances are due earlier.
        let call = script(vec![Do::Sleep(timers - n)]);
        async move { engine.start(format!("{n}"), call).await.unwrap() }
    });
    let starts: Vec<_> = starts.map(tokio::spawn).collect();
    for start in starts {
        start.await.unwrap();
    }
    engine.advance(Duration::from_millis(timers));
    let mut rows = Vec::new();
    for n in 0..timers {
        let handle = engine.handle::<Vec<Value>>(format!("{n}")).unwrap();
        handle.result().await.unwrap();
        let entries = engine.journal(format!("{n}")).await.unwrap();
        rows.push((entries[1].previous, n));
    }
    // The journal's numbers are in the order of the turns.
    let mut due = Vec::new();
    for n in (0..timers).rev().step_by(997) {
        let entries = engine.journal(format!("{n}")).await.unwrap();
        due.push(entries[2].previous);
    }
    assert!(due.is_sorted(), "fired out of order");
    sound(&engine).await;
}

#[tokio::test]
async fn timers_that_were_due_while_nobody_ran_fire_after_a_crash() {
    let world = World::default();
    let store = MemoryStore::new();
    let one = still_engine(&world, store.clone()).await;
    for n in 0..3000 {
        one.start(format!("{n}"), script(vec![Do::Sleep(1)]))
            .await
            .unwrap();
    }
    drop(one);
    let later = crate::Timestamp::from_micros(1 << 40);
    let two = builder(&world, store)
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
    two.start("new", script(vec![Do::Sleep(0)]))
        .await
        .unwrap()
        .result()
        .await
        .unwrap();
    sound(&two).await;
}
