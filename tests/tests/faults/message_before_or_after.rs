//! Case 27: a message before the start, after the end, and together with start and cancel
//! in one batch (duroxide 0.1.21: a busy loop, and a loss; Azure ext#1380: both dropped),
//! and one for which opening fails (aion#215). Each has a defined answer; an engine opens
//! whatever one of its instances is.

use flowstone::machine::FlowDef;
use flowstone::prelude::*;
use flowstone::registry::Registry;
use flowstone::store::MemoryStore;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::journal;

const MAIL: Channel<u32> = Channel::new("before-mail");

#[flow]
async fn reads_two() -> Vec<u32> {
    let first = flow::receive(MAIL).await;
    let second = flow::receive(MAIL).await;
    vec![first, second]
}

/// Messages of an instance that nobody received.
async fn unread(engine: &Engine, id: &str) -> u64 {
    let described = engine.describe(id).await.expect("it is there");
    described.messages.iter().map(|(_, count)| count).sum()
}

#[test]
fn a_message_before_the_start_is_refused_or_goes_with_it() {
    let mut sim = Simulation::new(27);
    sim.each_seed(0..20, async |engine| {
        let error = engine
            .send("m", MAIL, 1)
            .await
            .expect_err("nobody is there");
        assert!(matches!(error, SendError::Unknown { .. }), "{error}");
        let first = Start::new().message(MAIL, &1).message(MAIL, &2);
        let handle = engine.start_with("m", reads_two(), first).await;
        let handle = handle.expect("it starts");
        assert_eq!(handle.result().await.expect("it ends"), [1, 2]);
        assert_eq!(engine.check().await.expect("it is read"), []);
    });
}

#[test]
fn a_message_after_the_end_is_refused_and_what_nobody_received_is_reported() {
    let mut sim = Simulation::new(27);
    sim.each_seed(0..20, async |engine| {
        let first = Start::new().message(MAIL, &1).message(MAIL, &2);
        let first = first.message(MAIL, &3);
        let handle = engine.start_with("m", reads_two(), first).await;
        let handle = handle.expect("it starts");
        assert_eq!(handle.result().await.expect("it ends"), [1, 2]);
        for engine in [engine.clone(), engine.crash().await] {
            let Err(error) = engine.send("m", MAIL, 4).await else {
                panic!("it has ended")
            };
            let is_told = matches!(error, SendError::Finished { .. } | SendError::Stopped);
            assert!(is_told, "{error}");
            if matches!(error, SendError::Finished { .. }) {
                assert_eq!(unread(&engine, "m").await, 1);
                assert_eq!(engine.check().await.expect("it is read"), []);
            }
        }
    });
}

/// Start, messages and cancel are sent before the engine has taken any of them.
async fn all_at_once(engine: &SimulatedEngine, cancel_is_last: bool) {
    let sends = async {
        let one = engine.send("m", MAIL, 1).await;
        one.and(engine.send("m", MAIL, 2).await)
    };
    let (start, cancel) = (engine.start("m", reads_two()), engine.cancel("m", "enough"));
    let (started, sent, cancelled) = if cancel_is_last {
        tokio::join!(start, sends, cancel)
    } else {
        let (started, cancelled, sent) = tokio::join!(start, cancel, sends);
        (started, sent, cancelled)
    };
    let handle = started.expect("the id is free");
    cancelled.expect("it is there, and has not ended");
    let error = handle
        .result()
        .await
        .expect_err("it waits for a second one");
    assert!(matches!(error, ResultError::Cancelled { .. }), "{error}");
    let rows = journal(engine, "m").await;
    let received = rows.iter().filter(|row| row.contains("received")).count();
    let is_told = matches!(sent, Err(SendError::Finished { .. }));
    assert!(is_told, "the second came behind the cancel: {sent:?}");
    let (read, left) = if cancel_is_last { (1, 0) } else { (0, 0) };
    assert_eq!(
        (received, unread(engine, "m").await),
        (read, left),
        "{rows:?}"
    );
    assert_eq!(engine.check().await.expect("it is read"), []);
}

#[test]
fn start_message_and_cancel_in_one_batch_are_each_answered() {
    for cancel_is_last in [true, false] {
        let mut sim = Simulation::new(27);
        sim.each_seed(0..20, async |engine| {
            all_at_once(&engine, cancel_is_last).await;
        });
    }
}

#[flow]
async fn breaks(n: u32) -> u32 {
    let more = flow::receive(MAIL).await;
    assert!(more > n, "too little");
    more
}

/// A store that has an instance in each state in which one can be of no use to a process.
async fn spoiled(store: &MemoryStore) {
    let engine = Engine::builder()
        .store(store.clone())
        .open()
        .await
        .expect("it opens");
    let ended = Start::new().message(MAIL, &1).message(MAIL, &2);
    let ended = engine
        .start_with("ended", reads_two(), ended.message(MAIL, &3))
        .await;
    ended.expect("it starts").result().await.expect("it ends");
    let parked = Start::new().message(MAIL, &1).message(MAIL, &2);
    let parked = engine
        .start_with("parked", breaks(7), parked)
        .await
        .expect("it starts");
    let stopped = parked.finished_or_parked().await.expect("it is there");
    assert!(matches!(stopped, Stopped::Parked(_)), "{stopped:?}");
    engine.start("foreign", breaks(0)).await.expect("it starts");
    engine.start("waits", reads_two()).await.expect("it starts");
    engine.send("waits", MAIL, 1).await.expect("it is there");
    assert_eq!(engine.check().await.expect("it is read"), []);
}

#[tokio::test]
async fn an_engine_opens_whatever_one_of_its_instances_is() {
    let store = MemoryStore::new();
    spoiled(&store).await;
    // The next process does not know one of the flows any more.
    let mut registry = Registry::default();
    registry
        .add_flow(FlowDef::of::<reads_two>())
        .expect("it is the only one");
    let builder = Engine::builder().store(store.clone()).registry(registry);
    let engine = builder.open().await.expect("it opens");
    assert_eq!(engine.check().await.expect("it is read"), []);
    engine.send("waits", MAIL, 2).await.expect("it is there");
    let waits = engine.handle::<Vec<u32>>("waits").expect("an id");
    assert_eq!(waits.result().await.expect("it ends"), [1, 2]);
    assert_eq!(unread(&engine, "ended").await, 1);
    let ended = engine
        .send("ended", MAIL, 4)
        .await
        .expect_err("it has ended");
    assert!(matches!(ended, SendError::Finished { .. }), "{ended}");
    let foreign = engine.handle::<u32>("foreign").expect("an id");
    foreign.send(MAIL, 9).await.expect("it is kept");
    for id in ["foreign", "parked"] {
        let handle = engine.handle::<u32>(id).expect("an id");
        let stopped = handle.finished_or_parked().await.expect("it is there");
        assert!(matches!(stopped, Stopped::Parked(_)), "{id}: {stopped:?}");
    }
    assert_eq!(engine.check().await.expect("it is read"), []);
    drop((engine, waits, foreign));
    // The one after that does, and no message was lost.
    let engine = Engine::builder()
        .store(store)
        .open()
        .await
        .expect("it opens");
    engine.retry("foreign").await.expect("it is parked");
    let foreign = engine.handle::<u32>("foreign").expect("an id");
    assert_eq!(foreign.result().await.expect("it ends"), 9);
    assert_eq!(unread(&engine, "parked").await, 1);
    assert_eq!(engine.check().await.expect("it is read"), []);
}
