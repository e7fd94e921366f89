//! Attempts: failures, delays, time limits, panics.

use std::time::Duration;

use serde_json::{Value, json};

use super::support::*;
use crate::Engine;
use crate::action::CallPolicy;
use crate::store::MemoryStore;

fn limits(timeout_ms: Option<u64>, total_ms: Option<u64>) -> CallPolicy {
    CallPolicy {
        timeout: timeout_ms.map(Duration::from_millis),
        total_timeout: total_ms.map(Duration::from_millis),
        ..CallPolicy::default()
    }
}

async fn run(steps: Vec<Do>) -> (Vec<Value>, Vec<String>) {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let result = engine.run("a", script(steps)).await.unwrap();
    sound(&engine).await;
    (result, world.ledger())
}

#[tokio::test]
async fn a_failed_attempt_is_repeated_with_the_same_key() {
    let (result, ledger) = run(vec![Do::Act(How::FailUntil(3))]).await;
    assert_eq!(result, [json!({"Ok": 3})]);
    assert_eq!(ledger, ["a/0#1", "a/0#2", "a/0#3"]);
}

#[tokio::test]
async fn the_last_error_goes_to_the_flow() {
    let (result, ledger) = run(vec![Do::Act(How::FailUntil(9))]).await;
    assert_eq!(result, [json!({"Err": "no 3"})]);
    assert_eq!(ledger.len(), 3);
}

#[tokio::test]
async fn an_error_that_no_attempt_can_help_ends_at_once() {
    let (result, ledger) = run(vec![Do::Act(How::FailForGood)]).await;
    assert_eq!(result, [json!({"Err": "for good"})]);
    assert_eq!(ledger.len(), 1);
}

#[tokio::test]
async fn a_panic_counts_as_a_failed_attempt() {
    let (result, ledger) = run(vec![Do::Act(How::Panic)]).await;
    assert_eq!(
        result,
        [json!({"Err": "the attempt panicked: the action panics"})]
    );
    assert_eq!(ledger.len(), 3);
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_ended_and_repeated() {
    let hang = Do::Tuned(How::Hang, limits(Some(5), None));
    let (result, ledger) = run(vec![hang]).await;
    assert_eq!(result, [json!({"Err": "the attempt took longer than 5ms"})]);
    assert_eq!(ledger.len(), 3);
}

#[tokio::test]
async fn all_attempts_together_end_with_their_limit() {
    let hang = Do::Tuned(How::Hang, limits(None, Some(20)));
    let (result, ledger) = run(vec![hang]).await;
    assert_eq!(
        result,
        [json!({"Err": "the attempts together took longer than 20ms"})]
    );
    assert_eq!(ledger.len(), 1);
}

#[tokio::test]
async fn the_delay_before_an_attempt_survives_a_restart_and_keeps_the_count() {
    let world = World::default();
    let store = MemoryStore::new();
    let retry = crate::action::Retry::attempts(3).first_delay(Duration::from_hours(1));
    let slow = CallPolicy {
        retry: Some(retry),
        ..CallPolicy::default()
    };
    let one = still_engine(&world, store.clone()).await;
    one.start("a", script(vec![Do::Tuned(How::FailUntil(2), slow)]))
        .await
        .unwrap();
    let shown = loop {
        let shown = one.describe("a").await.unwrap();
        if shown.next_wake_up.is_some() {
            break shown;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (shown.attempt, shown.last_error),
        (Some(2), Some(r#"{"Err":"no 1"}"#.into()))
    );
    sound(&one).await;
    drop(one);
    let two = still_engine(&world, store).await;
    assert_eq!(world.ledger(), ["a/0#1"]);
    two.advance(Duration::from_secs(3601));
    let result = two
        .handle::<Vec<Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result, [json!({"Ok": 2})]);
    assert_eq!(world.ledger(), ["a/0#1", "a/0#2"]);
}

#[tokio::test]
async fn no_more_actions_run_than_the_limit_allows() {
    let world = World::default();
    let builder = builder(&world, MemoryStore::new()).max_concurrent_actions(2);
    let engine = builder.open().await.unwrap();
    let gate = || script(vec![Do::Act(How::Gate("g".into()))]);
    let mut handles = Vec::new();
    for n in 0..6 {
        handles.push(engine.start(format!("{n}"), gate()).await.unwrap());
    }
    for open in 1..=6 {
        world.open_gate("g");
        while world.ledger().len() < (open + 2).min(6) {
            tokio::task::yield_now().await;
        }
        assert!(world.ledger().len() <= open + 2);
    }
    for handle in handles {
        handle.result().await.unwrap();
    }
}

#[tokio::test]
async fn attempts_without_room_run_later_unless_they_are_given_up() {
    let world = World::default();
    let store = MemoryStore::new();
    let few = |store| builder(&world, store).max_concurrent_actions(1);
    let engine = few(store.clone()).open().await.unwrap();
    let gate = || script(vec![Do::Act(How::Gate("g".into()))]);
    for n in 0..9 {
        engine.start(format!("{n}"), gate()).await.unwrap();
    }
    let handle = |engine: &Engine, n: usize| engine.handle::<Vec<Value>>(format!("{n}")).unwrap();
    world.begun("0/0#1").await;
    assert_eq!(engine.metrics().attempts.running, 9);
    for n in [1, 5, 8] {
        handle(&engine, n).cancel("not needed").await.unwrap();
        assert!(handle(&engine, n).result().await.is_err());
    }
    world.open_gate("g");
    handle(&engine, 0).result().await.unwrap();
    world.begun("2/0#1").await;
    // What runs is cut off, what waits has not begun.
    engine.shutdown(Duration::ZERO).await.unwrap();
    let engine = few(store).open().await.unwrap();
    for n in [2, 3, 4, 6, 7] {
        world.open_gate("g");
        handle(&engine, n).result().await.unwrap();
    }
    let begun = |n: u32| format!("{n}/0#1");
    let ledger = world.ledger();
    assert_eq!(ledger[..2], [begun(0), begun(2)]);
    let then = |n: u32| ledger.iter().filter(|row| **row == begun(n)).count();
    assert_eq!([1, 3, 4, 5, 6, 7, 8].map(then), [0, 1, 1, 0, 1, 1, 0]);
    sound(&engine).await;
}
