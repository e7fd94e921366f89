//! A store that fails: nothing acknowledged is lost, nothing stays stuck.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::watch;

use super::support::*;
use crate::client::{RunError, StartError};
use crate::engine::Condition;
use crate::flow::Channel;
use crate::store::{Counters, Left, MemoryStore, Store, StoreError, View};
use crate::turn::Write;

/// What happens to a commit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Good,
    /// It is not applied.
    Lost,
    /// It is applied, and reported as an error.
    Unacknowledged,
    /// The store panics.
    Panic,
}

/// A store whose commits end as planned; once the plan is over, well.
#[derive(Debug, Clone, Default)]
struct Failing {
    store: MemoryStore,
    plan: Arc<Mutex<VecDeque<Fate>>>,
    /// What happens to each settling; once it is over, nothing bad.
    settling: Arc<Mutex<VecDeque<Fate>>>,
    settled: Arc<watch::Sender<u32>>,
    /// Whether reading panics, in the engine's own threads.
    is_unreadable: Arc<AtomicBool>,
    reopened: Arc<AtomicU32>,
    /// The largest commit, in bytes.
    largest: Arc<AtomicUsize>,
    /// Commits wait for permits, once this is set.
    gate: Arc<Mutex<Option<mpsc::Receiver<()>>>>,
}

impl Failing {
    fn plan(&self, plan: impl IntoIterator<Item = Fate>) {
        self.plan.lock().unwrap().extend(plan);
    }
}

impl Store for Failing {
    fn begin(&self) -> Result<Left, StoreError> {
        self.store.begin()
    }
    fn end(&self) -> Result<(), StoreError> {
        self.store.end()
    }
    fn abandon(&self) {}
    fn reopen(&self) -> Result<(), StoreError> {
        self.reopened.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn counters(&self) -> Result<Counters, StoreError> {
        self.store.counters()
    }
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        if let Some(gate) = &*self.gate.lock().unwrap() {
            let _ = gate.recv();
        }
        let size_bytes = batch.iter().map(Write::size_bytes).sum();
        self.largest.fetch_max(size_bytes, Ordering::SeqCst);
        let fate = self.plan.lock().unwrap().pop_front();
        match fate.unwrap_or(Fate::Good) {
            Fate::Good => return self.store.commit(batch),
            Fate::Lost => {}
            Fate::Unacknowledged => self.store.commit(batch)?,
            Fate::Panic => panic!("the store's own fault"),
        }
        Err(StoreError::Closed)
    }
    fn settle(&self) -> Result<(), StoreError> {
        self.settled.send_modify(|times| *times += 1);
        match self.settling.lock().unwrap().pop_front() {
            None | Some(Fate::Good) => Ok(()),
            Some(Fate::Panic) => panic!("the store's own fault"),
            Some(Fate::Lost | Fate::Unacknowledged) => Err(StoreError::Closed),
        }
    }
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        assert!(!self.is_unreadable.load(Ordering::SeqCst), "unreadable");
        self.store.view()
    }
}

fn retryable(error: &RunError) -> bool {
    error.is_retryable() || matches!(error, RunError::Start(StartError::Store(_)))
}

/// Runs the call until the store lets it.
async fn insist(engine: &crate::Engine, id: &str, steps: &[Do]) -> Vec<Value> {
    loop {
        match engine.run(id, script(steps.to_vec())).await {
            Ok(result) => return result,
            Err(error) => assert!(retryable(&error), "{error}"),
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn each_commit_of_a_run_may_fail_in_each_way() {
    let steps = [echo(1), Do::Sleep(1), Do::Act(How::FailUntil(2)), echo(3)];
    let expected = [
        json!({"Ok": 1}),
        json!("fired"),
        json!({"Ok": 2}),
        json!({"Ok": 3}),
    ];
    for fate in [Fate::Lost, Fate::Unacknowledged, Fate::Panic] {
        for good in 0..8 {
            let world = World::default();
            let store = Failing::default();
            let engine = engine(&world, store.clone()).await;
            store.plan((0..good).map(|_| Fate::Good).chain([fate]));
            assert_eq!(
                insist(&engine, "a", &steps).await,
                expected,
                "{fate:?} after {good}"
            );
            // An attempt whose outcome was reported is never made again.
            let mut ledger = world.ledger();
            ledger.sort();
            ledger.dedup();
            assert_eq!(ledger.len(), world.ledger().len(), "{fate:?} after {good}");
            let failed = store.plan.lock().unwrap().is_empty();
            while failed && engine.health().condition != Condition::Running {
                tokio::task::yield_now().await;
            }
            assert!(!failed || engine.health().recoveries > 0);
            sound(&engine).await;
        }
    }
}

#[tokio::test]
async fn many_instances_live_through_a_store_that_fails_again_and_again() {
    let world = World::default();
    let store = Failing::default();
    let engine = engine(&world, store.clone()).await;
    let ways = [
        Fate::Good,
        Fate::Lost,
        Fate::Good,
        Fate::Good,
        Fate::Unacknowledged,
    ];
    store.plan(ways.into_iter().cycle().take(200));
    let runs = (0..100).map(|n| {
        let engine = engine.clone();
        tokio::spawn(async move {
            let steps = [echo(n), Do::Sleep(1), echo(n + 1)];
            insist(&engine, &format!("{n}"), &steps).await
        })
    });
    for (n, run) in runs.collect::<Vec<_>>().into_iter().enumerate() {
        let result = run.await.unwrap();
        assert_eq!(
            result,
            [json!({"Ok": n}), json!("fired"), json!({"Ok": n + 1})]
        );
    }
    store.plan.lock().unwrap().clear();
    sound(&engine).await;
}

#[tokio::test]
async fn a_store_that_cannot_settle_is_opened_again() {
    for fate in [Fate::Lost, Fate::Panic] {
        let world = World::default();
        let store = Failing::default();
        store.settling.lock().unwrap().push_back(fate);
        let engine = engine(&world, store.clone()).await;
        let steps = [echo(1), Do::Act(How::Gate("g".to_owned())), echo(2)];
        let handle = engine.start("a", script(steps.to_vec())).await.unwrap();
        while engine.health().recoveries == 0 {
            tokio::task::yield_now().await;
        }
        world.open_gate("g");
        assert_eq!(handle.result().await.unwrap().len(), 3);
        assert_eq!(world.ledger(), ["a/0#1", "a/1#1", "a/2#1"], "{fate:?}");
        assert_eq!(engine.health().recoveries, 1);
        let mut settled = store.settled.subscribe();
        settled.wait_for(|times| *times == 2).await.unwrap();
        sound(&engine).await;
    }
}

#[tokio::test]
async fn a_turn_thread_that_panics_again_and_again_takes_its_time() {
    let store = Failing::default();
    let engine = engine(&World::default(), store.clone()).await;
    store.is_unreadable.store(true, Ordering::SeqCst);
    let error = engine.start("a", script(vec![])).await.unwrap_err();
    assert!(
        error.is_retryable() || matches!(error, StartError::Stopped),
        "{error}"
    );
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(500) {
        tokio::task::yield_now().await;
    }
    // 0, 20, 40, 80, 160, 320 ms.
    let reopened = store.reopened.load(Ordering::SeqCst);
    assert!((2..=6).contains(&reopened), "reopened {reopened} times");
    store.is_unreadable.store(false, Ordering::SeqCst);
    assert_eq!(insist(&engine, "a", &[echo(1)]).await, [json!({"Ok": 1})]);
    sound(&engine).await;
}

#[tokio::test]
async fn a_transaction_is_bounded_in_bytes() {
    const MESSAGES: usize = 64;
    const MESSAGE_BYTES: usize = 1024 * 1024;
    let store = Failing::default();
    let engine = engine(&World::default(), store.clone()).await;
    let gate = Do::Act(How::Gate("never".into()));
    let handle = engine.start("a", script(vec![gate])).await.unwrap();
    // Nothing is written until all messages were taken.
    let (open, gate) = mpsc::channel();
    *store.gate.lock().unwrap() = Some(gate);
    let texts: Channel<String> = Channel::new("texts");
    let sends = (0..MESSAGES).map(|_| {
        let handle = handle.clone();
        tokio::spawn(async move { handle.send(texts, "x".repeat(MESSAGE_BYTES)).await })
    });
    let sends: Vec<_> = sends.collect();
    for _ in 0..MESSAGES {
        tokio::task::yield_now().await;
    }
    drop(open);
    for send in sends {
        send.await.unwrap().unwrap();
    }
    let largest = store.largest.load(Ordering::SeqCst);
    assert!(
        largest > 2 * MESSAGE_BYTES,
        "{largest}: nothing was gathered"
    );
    assert!(
        largest < 20 * MESSAGE_BYTES,
        "{largest} bytes in one commit"
    );
}

#[test]
fn errors_print_as_text_with_causes_once_each() {
    let io = std::io::Error::other("the disk is on fire");
    let path = std::path::PathBuf::from("a.redb");
    let full = StoreError::Full { path, source: io };
    let error = RunError::from(StartError::Store(Arc::new(full)));
    let space = "no space is left for a.redb; make some, the engine goes on by itself";
    let expected = format!(
        "the store failed: {space}; try again, the same call starts nothing twice\n  \
         because: the disk is on fire"
    );
    assert_eq!(format!("{error:?}"), expected);
}
