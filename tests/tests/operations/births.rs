//! Steps that spawn more children than one transaction starts: nobody can tell the
//! difference.

use flowstone::client::RunError;
use flowstone::flow::{Handle, JoinError};
use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{FaultyStore, SimulatedEngine, Simulation};

use crate::support::{engine, journal, sound};

const CALLS: Channel<u64> = Channel::new("calls");

#[flow]
async fn double(number: u64) -> u64 {
    flow::sleep(Duration::from_hours(24 - number % 24)).await;
    number * 2
}

#[flow]
async fn all_doubled(number: u64) -> Vec<Result<u64, JoinError>> {
    let children: Vec<_> = (0..number).map(|number| double(number).spawn()).collect();
    flow::join_all(children).await
}

/// Two of a transaction, which is fewer than any of these flows spawn.
fn two_at_once() -> Simulation {
    let mut sim = Simulation::new(7);
    sim.with_engine(|builder| builder.births(2));
    sim
}

#[test]
fn results_come_in_the_order_of_the_spawns_through_every_crash() {
    let expected: Vec<_> = (0..9).map(|number| Ok(number * 2)).collect();
    let mut sim = two_at_once();
    let of_run = expected.clone();
    sim.run(async move |engine| {
        assert_eq!(engine.run("a", all_doubled(9)).await.unwrap(), of_run);
        let spawned = (1..10).map(|child| format!("spawned `a/{child}`"));
        let journal = journal(&engine, "a").await;
        assert_eq!(journal[1..10], spawned.collect::<Vec<_>>());
        assert_eq!(engine.check().await.unwrap(), []);
    });
    let report = sim.crash_everywhere(|| all_doubled(9));
    // The start, four more pages, and the ends.
    assert!(report.commits > 10, "{report}");
}

#[tokio::test]
async fn a_flow_spawns_thousands() {
    let (engine, _folder) = engine().await;
    let spawned = engine.run("s", at_once(5_000)).await.unwrap();
    assert_eq!(spawned, (0..5_000).sum::<u64>());
    // However often its row changed with the ends that one transaction has.
    let bytes = engine.metrics().commits.bytes;
    assert!(bytes < 5_000 * 2_000, "{bytes}");
    sound(&engine).await;
}

#[flow]
async fn same(number: u64) -> u64 {
    number
}

#[flow]
async fn at_once(number: u64) -> u64 {
    let children: Vec<_> = (0..number).map(|number| same(number).spawn()).collect();
    let ends = flow::join_all(children).await;
    ends.into_iter().filter_map(Result::ok).sum()
}

#[flow]
async fn last_is_cancelled() -> Vec<Result<u64, JoinError>> {
    let mut ends = Vec::new();
    let mut children: Vec<Handle<u64>> = Vec::new();
    children.push(same(0).spawn());
    children.extend((1..7).map(|number| double(number).spawn()));
    let last = children.pop();
    let mut children = children.into_iter();
    if let (Some(first), Some(last)) = (children.next(), last) {
        // It has ended with its first step, before the last is there.
        ends.push(first.await);
        last.cancel("not needed");
        ends.push(last.await);
    }
    ends
}

#[test]
fn a_flow_does_not_go_on_before_all_of_its_children_are_there() {
    let mut sim = two_at_once();
    let reason = "not needed".to_owned();
    let expected = vec![Ok(0), Err(JoinError::Cancelled { reason })];
    sim.run(async |engine| {
        assert_eq!(
            engine.run("l", last_is_cancelled()).await.unwrap(),
            expected
        );
        let last = engine.handle::<u64>("l/7").unwrap();
        let status = last.describe().await.unwrap().status;
        assert_eq!(status, Status::Cancelled);
    });
    sim.crash_everywhere(last_is_cancelled);
}

#[flow]
async fn calls(parent: InstanceId, number: u64) -> u64 {
    let sent = flow::send(parent, CALLS, number).await;
    flow::receive(CALLS).await + u64::from(sent.is_ok())
}

/// The first child calls with its first step; what it says is for the last one.
#[flow]
async fn passes_on(children: u64) -> Vec<Result<u64, JoinError>> {
    let id = flow::id();
    let children: Vec<_> = (0..children)
        .map(|number| calls(id.clone(), number).spawn())
        .collect();
    let last = children.last().map(|last| last.id().clone());
    let all = children.iter().map(|child| child.id().clone());
    let all: Vec<_> = all.collect();
    let (ends, ()) = flow::join!(flow::join_all(children), async {
        let first = flow::receive(CALLS).await;
        if let Some(last) = last {
            flow::send(last, CALLS, first + 100).await.ok();
        }
        for child in all {
            flow::send(child, CALLS, 7).await.ok();
        }
    });
    ends
}

#[test]
fn a_child_that_calls_at_once_is_heard_when_all_are_there() {
    let mut sim = two_at_once();
    sim.run(async |engine| {
        let ends = engine.run("p", passes_on(6)).await.unwrap();
        let mut expected = vec![Ok(8); 5];
        expected.push(Ok(101));
        assert_eq!(ends, expected);
        assert_eq!(engine.check().await.unwrap(), []);
    });
    sim.crash_everywhere(|| passes_on(4));
}

#[flow]
async fn spawns_in_turn(depth: u64) -> u64 {
    if depth == 0 {
        return 1;
    }
    let children: Vec<_> = (0..4).map(|_| spawns_in_turn(depth - 1).spawn()).collect();
    let ends = flow::join_all(children).await;
    ends.into_iter().filter_map(Result::ok).sum()
}

#[test]
fn children_spawn_thousands_in_turn() {
    let mut sim = two_at_once();
    sim.run(async |engine| {
        assert_eq!(engine.run("t", spawns_in_turn(3)).await.unwrap(), 64);
        assert_eq!(engine.check().await.unwrap(), []);
    });
    sim.crash_everywhere(|| spawns_in_turn(2));
}

#[test]
fn a_cancel_takes_them_all_along() {
    let mut sim = two_at_once();
    sim.run(async |engine| {
        let handle = engine.start("c", all_doubled(9)).await.unwrap();
        handle.cancel("enough").await.unwrap();
        assert!(handle.result().await.is_err());
        all_are(&engine, Status::Cancelled).await;
    });
}

async fn all_are(engine: &SimulatedEngine, status: Status) {
    let all = engine
        .list(Filter::default())
        .await
        .expect("it can be read");
    assert_eq!(all.instances.len(), 10);
    for listed in all.instances {
        assert_eq!(listed.status, status, "{}", listed.id);
    }
    assert_eq!(engine.check().await.expect("it can be read"), []);
}

/// The engine of threads, whose store fails at a commit before, at or behind each page; and
/// is asked for other things meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_fails_between_is_opened_again_and_all_are_there() {
    for commit in 1..9 {
        let store = FaultyStore::new(MemoryStore::new());
        let store = store.fails_before([commit]).fails_after([commit + 3]);
        let builder = Engine::builder().store(store).births(32);
        let engine = builder.open().await.unwrap();
        let many = async || engine.run("many", at_once(200)).await;
        let others = async || {
            let mut sum = 0;
            for number in 0..20 {
                let id = format!("other-{number}");
                sum += in_the_end(async || engine.run(&*id, same(number)).await).await;
            }
            sum
        };
        let (many, others) = tokio::join!(in_the_end(many), others());
        assert_eq!((many, others), ((0..200).sum(), (0..20).sum()), "{commit}");
        sound(&engine).await;
    }
}

/// Asks once more when the store failed.
async fn in_the_end(run: impl AsyncFn() -> Result<u64, RunError>) -> u64 {
    loop {
        match run().await {
            Ok(value) => return value,
            Err(error) => assert!(error.is_retryable(), "{error}"),
        }
    }
}
