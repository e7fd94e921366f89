//! Start, attach, end, stop, and going on with a file.

use serde_json::json;

use super::support::*;
use crate::action::{ActionDef, DepDef};
use crate::client::{Filter, RunError, StartError, Waiting};
use crate::engine::{Condition, Engine, OpenError};
use crate::record::{Happening, Status};
use crate::store::{MemoryStore, RedbStore};
use crate::turn::Journal;
use std::time::Duration;

#[tokio::test]
async fn a_flow_runs_to_its_end_and_its_result_stays() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let call = || script(vec![echo(1), echo("two"), Do::Sleep(1)]);
    let result = engine.run("a", call()).await.unwrap();
    assert_eq!(
        result,
        [json!({"Ok": 1}), json!({"Ok": "two"}), json!("fired")]
    );
    assert_eq!(engine.run("a", call()).await.unwrap(), result);
    assert_eq!(world.ledger(), ["a/0#1", "a/1#1"]);
    let shown = engine.describe("a").await.unwrap();
    assert_eq!((shown.status, shown.turns.0), (Status::Finished, 4));
    assert!(shown.result.unwrap().is_array());
    sound(&engine).await;
}

#[tokio::test]
async fn an_id_with_another_call_is_refused_and_the_first_goes_on() {
    let engine = engine(&World::default(), MemoryStore::new()).await;
    let first = engine
        .start("a", script(vec![Do::Receive("numbers".into())]))
        .await
        .unwrap();
    let error = engine.start("a", script(vec![echo(2)])).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StartError::OtherArgument { ref name, .. } if name == "steps"));
    assert!(
        text.contains(r#"[{"Receive":"numbers"}]"#) && text.contains(r#""Echo":2"#),
        "{text}"
    );
    first.send(NUMBERS, 5).await.unwrap();
    assert_eq!(first.result().await.unwrap(), [json!(5)]);
    let error = engine.run("", script(vec![])).await.unwrap_err();
    assert!(matches!(error, RunError::Start(StartError::InvalidId(_))));
    sound(&engine).await;
}

#[tokio::test]
async fn a_hundred_starts_of_one_call_are_one_instance() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let runs = (0..100).map(|_| {
        let engine = engine.clone();
        tokio::spawn(async move { engine.run("a", script(vec![echo(1)])).await.unwrap() })
    });
    for run in runs.collect::<Vec<_>>() {
        assert_eq!(run.await.unwrap(), [json!({"Ok": 1})]);
    }
    assert_eq!(world.ledger(), ["a/0#1"]);
}

#[tokio::test]
async fn what_was_running_goes_on_after_a_drop_and_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.redb");
    let open = || RedbStore::open(&path).unwrap();
    let world = World::default();
    let one = engine(&world, open()).await;
    let gate = Do::Act(How::Gate("g".into()));
    one.start("a", script(vec![echo(1), gate, echo(3)]))
        .await
        .unwrap();
    world.begun("a/1#1").await;
    drop(one);
    let two = engine(&world, open()).await;
    world.begun("a/1#2").await;
    sound(&two).await;
    two.shutdown(Duration::ZERO).await.unwrap();
    assert_eq!(two.health().condition, Condition::Stopped);
    assert!(matches!(
        two.start("b", script(vec![])).await,
        Err(StartError::Stopped)
    ));
    let three = engine(&world, open()).await;
    world.begun("a/1#3").await;
    world.open_gate("g");
    let result = three
        .handle::<Vec<serde_json::Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(
        result,
        [json!({"Ok": 1}), json!({"Ok": "g"}), json!({"Ok": 3})]
    );
    assert_eq!(
        world.ledger(),
        ["a/0#1", "a/1#1", "a/1#2", "a/1#3", "a/2#1"]
    );
    sound(&three).await;
}

#[tokio::test]
async fn a_stop_waits_for_running_actions_and_begins_no_more() {
    let world = World::default();
    let store = MemoryStore::new();
    let one = engine(&world, store.clone()).await;
    let gate = Do::Act(How::Gate("g".into()));
    one.start("a", script(vec![gate, echo(2)])).await.unwrap();
    world.begun("a/0#1").await;
    let stopping = tokio::spawn(async move { one.shutdown(Duration::from_mins(1)).await });
    world.open_gate("g");
    stopping.await.unwrap().unwrap();
    assert_eq!(world.ledger(), ["a/0#1"]);
    let two = engine(&world, store).await;
    let result = two
        .handle::<Vec<serde_json::Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
    assert_eq!(result, [json!({"Ok": "g"}), json!({"Ok": 2})]);
    assert_eq!(world.ledger(), ["a/0#1", "a/1#1"]);
}

#[tokio::test]
async fn instances_are_described_and_listed() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    for n in 0..5 {
        let wait = Do::Receive("numbers".into());
        engine
            .start(format!("wait-{n}"), script(vec![wait]))
            .await
            .unwrap();
        engine
            .run(format!("done-{n}"), script(vec![]))
            .await
            .unwrap();
    }
    let shown = engine.describe("wait-3").await.unwrap();
    assert_eq!(
        shown.waiting,
        Some(Waiting::Message {
            channel: "numbers".into()
        })
    );
    assert_eq!(
        shown.place.map(|place| (place.file, place.line)),
        Some(("script.rs".into(), 30))
    );
    let ids = |page: &crate::client::Page| {
        page.instances
            .iter()
            .map(|one| one.id.to_string())
            .collect::<Vec<_>>()
    };
    let filter = Filter::default().status(Status::Waiting).limit(3);
    let first = engine.list(filter.clone()).await.unwrap();
    assert_eq!(ids(&first), ["wait-0", "wait-1", "wait-2"]);
    let rest = engine
        .list(filter.after(first.next.unwrap()))
        .await
        .unwrap();
    assert_eq!(
        (ids(&rest), rest.next),
        (vec!["wait-3".into(), "wait-4".into()], None)
    );
    let prefix = engine
        .list(Filter::default().id_prefix("done").flow("script"))
        .await
        .unwrap();
    assert_eq!(prefix.instances.len(), 5);
    assert!(
        engine
            .describe("nobody")
            .await
            .unwrap_err()
            .to_string()
            .contains("nobody")
    );
}

#[tokio::test]
async fn deleted_and_purged_instances_free_their_ids_and_leave_nothing() {
    let world = World::default();
    let store = MemoryStore::new();
    let builder = builder(&world, store).retention(Duration::from_mins(1));
    let builder = builder.manual_clock(crate::Timestamp::from_micros(1));
    let engine = builder.open().await.unwrap();
    let handle = engine
        .start("a", script(vec![Do::Receive("numbers".into())]))
        .await
        .unwrap();
    let error = engine.delete("a").await.unwrap_err();
    assert!(error.to_string().contains("is waiting"), "{error}");
    engine.force_delete("a").await.unwrap();
    assert!(
        handle
            .result()
            .await
            .unwrap_err()
            .to_string()
            .contains("no instance")
    );
    engine.run("a", script(vec![echo("anew")])).await.unwrap();
    engine.advance(Duration::from_secs(59));
    assert!(engine.describe("a").await.is_ok());
    engine.advance(Duration::from_secs(70));
    loop {
        match engine.describe("a").await {
            Err(_) => break,
            Ok(_) => tokio::task::yield_now().await,
        }
    }
    engine.run("a", script(vec![echo("again")])).await.unwrap();
    assert_eq!(world.ledger(), ["a/0#1", "a/0#1"]);
    sound(&engine).await;
}

#[tokio::test]
async fn a_running_action_of_a_deleted_instance_is_told_and_its_outcome_dropped() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let call = || script(vec![Do::Act(How::Gate("g".into()))]);
    engine.start("a", call()).await.unwrap();
    world.begun("a/0#1").await;
    engine.force_delete("a").await.unwrap();
    let again = engine
        .start("a", script(vec![Do::Receive("numbers".into())]))
        .await
        .unwrap();
    world.open_gate("g");
    again.send(NUMBERS, 1).await.unwrap();
    assert_eq!(again.result().await.unwrap(), [json!(1)]);
    sound(&engine).await;
}

#[tokio::test]
async fn the_journal_tells_what_happened_in_order() {
    let world = World::default();
    let engine = engine(&world, MemoryStore::new()).await;
    let steps = vec![
        Do::Act(How::FailUntil(2)),
        Do::Sleep(1),
        Do::Receive("numbers".into()),
    ];
    let handle = engine.start("a", script(steps)).await.unwrap();
    handle.send(NUMBERS, 9).await.unwrap();
    handle.result().await.unwrap();
    let entries = engine.journal("a").await.unwrap();
    let words = entries.iter().map(|entry| match &entry.what {
        Happening::Started => "started".to_owned(),
        Happening::Attempt { attempt, .. } => format!("attempt {attempt}"),
        Happening::Action {
            attempts, label, ..
        } => format!("{label} {attempts}"),
        Happening::Timer { .. } => "timer".to_owned(),
        Happening::Message { channel, .. } => channel.to_string(),
        other => format!("{other:?}"),
    });
    let words: Vec<_> = words.collect();
    assert_eq!(
        words,
        [
            "started",
            "attempt 1",
            "call 2",
            "timer",
            "numbers",
            "Finished"
        ]
    );
}

#[tokio::test]
async fn a_bounded_journal_keeps_the_newest_rows() {
    let world = World::default();
    let builder = builder(&world, MemoryStore::new()).journal(Journal::Last(5));
    let engine = builder.open().await.unwrap();
    let steps = (0..50).map(echo).collect();
    engine.run("a", script(steps)).await.unwrap();
    let rows = engine.journal("a").await.unwrap();
    assert!((5..=10).contains(&rows.len()), "{}", rows.len());
    assert_eq!(rows.last().unwrap().what, Happening::Finished);
}

#[tokio::test]
async fn missing_dependencies_and_double_names_are_found_at_the_start() {
    let open = Engine::builder()
        .registry(registry())
        .in_memory()
        .open()
        .await;
    let error = open.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, OpenError::MissingDependencies { .. }));
    let world = "a `flowstone::client::tests::support::World`, needed by `act` (act.rs:1), `bare` (act.rs:1);";
    assert!(text.contains(world), "{text}");
    let mut two = registry();
    two.add_action(&ActionDef {
        name: "two",
        deps: || vec![DepDef::of::<World>(), DepDef::of::<Vec<u8>>()],
        ..ACT
    })
    .unwrap();
    let open = Engine::builder().registry(two).in_memory().open().await;
    let text = open.unwrap_err().to_string();
    let list = "a `alloc::vec::Vec<u8>`, needed by `two` (act.rs:1), nor a `flowstone::";
    assert!(text.contains(list), "{text}");
    let none = Engine::builder().open().await.unwrap_err();
    assert!(matches!(none, OpenError::NoStore));
}

#[test]
fn an_engine_opened_outside_tokio_brings_its_own_runtime() {
    let world = World::default();
    let done = crate::machine::run_once(async { 1 });
    assert_eq!(done, Some(1));
    let (sender, receiver) = std::sync::mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let opening = builder(&world, MemoryStore::new()).open();
    // The opening is begun outside the runtime that later waits for it.
    let thread = std::thread::spawn(move || sender.send(block_on(opening)).unwrap());
    thread.join().unwrap();
    let engine = receiver.recv().unwrap().unwrap();
    let run = engine.run("a", script(vec![echo(1)]));
    assert_eq!(runtime.block_on(run).unwrap(), [json!({"Ok": 1})]);
    drop(engine);
}

/// Waits for a future without any runtime.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
        std::thread::park();
    }
}
