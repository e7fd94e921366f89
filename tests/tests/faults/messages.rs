//! Messages that a flow cannot take: it is parked with the place and the
//! channel, and an operator can drop the one and let the next come.

use flowstone::client::SkipError;
use flowstone::prelude::*;
use flowstone::record::{Brought, Entry, Happening};
use flowstone::store::{MemoryStore, RedbStore, Store};

const AMOUNTS: Channel<u32> = Channel::new("amounts");
/// The same channel, with the type that somebody took it to have.
const MISTAKEN: Channel<String> = Channel::new("amounts");

#[flow]
async fn inner_amount() -> u32 {
    flow::receive(AMOUNTS).await
}

#[flow]
async fn three_amounts() -> Vec<u32> {
    let mut got = vec![flow::receive(AMOUNTS).await];
    got.push(inner_amount().await);
    let third = flow::receive(AMOUNTS).await;
    assert!(third < 1_000, "too much");
    got.push(third);
    got
}

async fn open(store: impl Store) -> Engine {
    let engine = Engine::builder().store(store);
    engine.open().await.expect("it opens")
}

async fn parked(handle: &Handle<Vec<u32>>) -> ParkReason {
    match handle.finished_or_parked().await.expect("it is there") {
        Stopped::Parked(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_of_another_type_is_skipped_in_memory() {
    let store = MemoryStore::new();
    skips(|| store.clone()).await;
}

#[tokio::test]
async fn a_message_of_another_type_is_skipped_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    skips(|| RedbStore::open(folder.path().join("a.redb")).expect("it opens")).await;
}

async fn skips<S: Store>(store: impl Fn() -> S) {
    let engine = open(store()).await;
    let handle = engine.start("a", three_amounts()).await.expect("started");
    let error = engine.skip_message("a").await.expect_err("it waits");
    assert!(matches!(error, SkipError::NotParked { .. }), "{error}");
    let error = engine.skip_message("b").await.expect_err("not there");
    assert!(matches!(error, SkipError::Unknown { .. }), "{error}");
    handle.send(MISTAKEN, "one".into()).await.expect("sent");
    let reason = parked(&handle).await;
    let text = reason.to_string();
    let wanted = [
        "`amounts`",
        "three_amounts::receive",
        "messages.rs:20",
        "skip_message",
    ];
    for part in wanted {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    // What was sent behind it, and the skipping, survive a crash.
    handle.send(AMOUNTS, 1).await.expect("sent");
    handle.send(MISTAKEN, "two".into()).await.expect("sent");
    handle.send(AMOUNTS, 2).await.expect("sent");
    engine
        .skip_message("a")
        .await
        .expect("parked with a message");
    let reason = parked(&handle).await;
    let ParkReason::UnreadableMessage { state, place, .. } = &reason else {
        panic!("{reason}")
    };
    assert_eq!(
        state, "inner_amount::receive",
        "the line of the flow that it calls"
    );
    assert_eq!(place.as_ref().map(|place| place.line), Some(15));
    let shown = handle.describe().await.expect("it is there").to_string();
    let line = "at inner_amount::receive, called by three_amounts (";
    assert!(shown.contains(line), "{shown}");
    assert!(
        shown.starts_with("a: parked, flow three_amounts"),
        "{shown}"
    );
    drop((engine, handle));
    let engine = open(store()).await;
    let handle = engine.handle::<Vec<u32>>("a").expect("an id");
    engine.retry("a").await.expect("it is parked");
    assert_eq!(
        parked(&handle).await,
        reason,
        "a retry reads the same again"
    );
    engine
        .skip_message("a")
        .await
        .expect("parked with a message");
    assert_eq!(engine.check().await.expect("it is read"), []);
    panics_and_goes_on(&engine, &handle).await;
    assert_eq!(engine.check().await.expect("it is read"), []);
}

/// A message with which the code panics is skipped in the same way.
async fn panics_and_goes_on(engine: &Engine, handle: &Handle<Vec<u32>>) {
    handle.send(AMOUNTS, 1_000).await.expect("sent");
    let reason = parked(handle).await;
    assert!(matches!(reason, ParkReason::Panicked { .. }), "{reason}");
    engine
        .skip_message("a")
        .await
        .expect("parked with a message");
    handle.send(AMOUNTS, 3).await.expect("sent");
    assert_eq!(handle.result().await.expect("it ends"), [1, 2, 3]);
    let entries = engine.journal("a").await.expect("it is there");
    let skipped = entries.iter().filter_map(|entry| match &entry.what {
        Happening::Skipped {
            channel,
            message: Brought::Value(value),
        } => {
            let value = value.to_json().expect("it is shown");
            Some(format!("{channel} {value}"))
        }
        _ => None,
    });
    let skipped: Vec<String> = skipped.collect();
    assert_eq!(
        skipped,
        ["amounts \"one\"", "amounts \"two\"", "amounts 1000"]
    );
}

#[flow]
async fn panics_at_once() -> u32 {
    assert!(flow::id().as_str().is_empty(), "as always");
    0
}

#[tokio::test]
async fn there_is_nothing_to_skip_where_no_message_came() {
    let engine = open(MemoryStore::new()).await;
    let handle = engine.start("a", panics_at_once()).await.expect("started");
    handle.finished_or_parked().await.expect("it is there");
    let error = engine.skip_message("a").await.expect_err("no message");
    assert!(matches!(error, SkipError::NoMessage { .. }), "{error}");
    assert!(error.to_string().contains("as always"), "{error}");
}

#[action]
async fn weigh(n: u32) -> u32 {
    n
}

#[flow]
async fn inner_steps() -> u32 {
    flow::sleep(Duration::from_millis(1)).await;
    weigh(flow::receive(AMOUNTS).await).await
}

#[flow]
async fn outer_steps() -> u32 {
    flow::sleep(Duration::from_millis(1)).await;
    weigh(inner_steps().await).await
}

/// The time of a row and how long it took are left out.
fn without_times(entry: &Entry) -> String {
    let shown = entry.to_string();
    let (_, what) = shown.split_once(' ').expect("the time comes first");
    what.split(" (took").next().unwrap_or(what).to_owned()
}

#[tokio::test]
async fn the_journal_says_which_flow_took_a_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = RedbStore::open(folder.path().join("store.redb")).expect("it opens");
    let engine = open(store).await;
    let handle = engine.start("s", outer_steps()).await.expect("it starts");
    handle.send(AMOUNTS, 7).await.expect("sent");
    assert_eq!(handle.result().await.expect("it ends"), 7);
    let entries = engine.journal("s").await.expect("it is there");
    let shown: Vec<String> = entries.iter().map(without_times).collect();
    assert_eq!(
        shown,
        [
            "started",
            "sleep: the time has come",
            "inner_steps::sleep: the time has come",
            "received by inner_steps from `amounts`: 7",
            "inner_steps::weigh: `weigh` brought 7",
            "weigh: `weigh` brought 7",
            "finished",
        ]
    );
}
