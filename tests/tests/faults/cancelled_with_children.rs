//! Case 33: a parent that is cancelled while it spawns children, and thousands that are
//! cancelled at once (dbos-ts#1262, obelisk a101faaa, restate#3217). No descendant survives
//! the end that is reported, nothing is tried again for the dead, and nothing is left.
//!
//! One parent that is cancelled with ten thousand children: `many.rs` of the operations.

use std::collections::BTreeSet;

use flowstone::client::Listed;
use flowstone::prelude::*;
use flowstone::record::JournalSeq;
use flowstone::store::{RedbStore, Store, StoreError};
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::instants::at_each_instant;

#[action(name = "family-work", retry(forever))]
async fn work(n: u32) -> Result<u32, String> {
    unreachable!("{n}: it is faked")
}

#[action(name = "family-tidy")]
async fn tidy(n: u32) -> u32 {
    unreachable!("{n}: it is faked")
}

/// Spawns children that spawn children, one after the other, and some at once.
#[flow]
async fn ancestor(children: u32) -> u32 {
    let mut spawned = Vec::new();
    for n in 0..children {
        spawned.push(descendant(n, 2).spawn());
        flow::sleep(Duration::from_secs(20)).await;
    }
    let many = flow::join_all((10..13).map(|n| descendant(n, 1).spawn()));
    let many = many.await;
    let mut ended = u32::try_from(many.len()).unwrap_or(0);
    for child in spawned {
        ended += u32::from(child.await.is_ok());
    }
    ended
}

/// What it works on succeeds after an hour and many attempts.
#[flow]
async fn descendant(n: u32, depth: u32) -> u32 {
    let child = (depth > 0).then(|| descendant(n + 100, depth - 1).spawn());
    let worked = work(n).await.unwrap_or(0);
    match child {
        Some(child) => child.await.map_or(0, |more| worked + more),
        None => worked,
    }
}

fn simulation() -> Simulation {
    let mut sim = Simulation::new(33);
    sim.fake::<work>(|(n,)| Ok(n))
        .fails_times(3, Err("not yet".to_owned()))
        .takes(Duration::from_secs(9));
    sim.fake::<tidy>(|(n,)| n).takes(Duration::from_mins(1));
    sim
}

/// All there are, up to a thousand.
async fn listed(engine: &Engine) -> Vec<Listed> {
    let all = engine.list(Filter::default().limit(1_000)).await;
    all.expect("it can be read").instances
}

/// Those that have not ended.
async fn living(engine: &Engine) -> Vec<InstanceId> {
    let all = listed(engine).await.into_iter();
    let live = all.filter(|listed| listed.finished_at.is_none());
    live.map(|listed| listed.id).collect()
}

/// Whether it was accepted.
async fn cancels_first(engine: Engine) -> bool {
    engine.cancel("m-0", "enough").await.is_ok()
}

#[test]
fn no_descendant_survives_a_parent_that_is_cancelled_at_any_instant() {
    for crashes in [false, true] {
        let mut sim = simulation();
        let instants = at_each_instant(&mut sim, cancels_first, async |mut engine, deed| {
            let handle = engine.start("m-0", ancestor(3)).await.expect("it starts");
            let told = deed.done_during(handle.result()).await;
            if crashes {
                engine = engine.crash().await;
            }
            let handle = engine.start("m-0", ancestor(3)).await.expect("it is there");
            let ended = handle.result().await;
            assert_eq!(living(&engine).await, [], "{ended:?}");
            match ended {
                Ok(ended) => {
                    assert_eq!(ended, 6);
                    assert_ne!(told, Some(true));
                }
                Err(ResultError::Cancelled { .. }) => assert_eq!(told, Some(true)),
                Err(error) => panic!("{error}"),
            }
            // Nothing begins for the dead.
            let before = engine.ledger().rows().len();
            engine.sleep(Duration::from_hours(3)).await;
            assert_eq!(engine.ledger().rows().len(), before);
            assert_eq!(engine.check().await.expect("it is read"), []);
        });
        assert!(instants >= 30, "{instants}");
    }
}

/// A child that cleans up when it is cancelled.
#[flow]
async fn careful(n: u32) -> u32 {
    flow::on_failure(tidy(n));
    work(n).await.unwrap_or(0)
}

#[flow]
async fn parent_of_careful() -> u32 {
    let children: Vec<_> = (0..3).map(|n| careful(n).spawn()).collect();
    let mut sum = 0;
    for child in children {
        sum += child.await.unwrap_or(0);
    }
    sum
}

/// All that a descendant may still do is to clean up, and it does that once.
#[test]
fn what_descendants_have_to_clean_up_they_clean_up() {
    for crashes in [false, true] {
        let mut sim = simulation();
        let instants = at_each_instant(&mut sim, cancels_first, async |mut engine, deed| {
            let handle = engine
                .start("m-0", parent_of_careful())
                .await
                .expect("it starts");
            let told = deed.done_during(handle.result()).await;
            if crashes {
                engine = engine.crash().await;
            }
            cleans_up(&engine, told).await;
        });
        assert!(instants >= 10, "{instants}");
    }
}

async fn cleans_up(engine: &SimulatedEngine, told: Option<bool>) {
    let parent = engine
        .start("m-0", parent_of_careful())
        .await
        .expect("it is there");
    let ended = parent.result().await;
    assert_eq!(ended.is_err(), told == Some(true), "{ended:?}");
    for id in living(engine).await {
        let shown = engine.describe(&id).await.expect("it lives");
        assert!(shown.cancel.is_some() && shown.undoing, "{shown}");
    }
    engine.sleep(Duration::from_hours(1)).await;
    assert_eq!(living(engine).await, []);
    let ledger = engine.ledger();
    let undone: BTreeSet<_> = ledger
        .rows()
        .iter()
        .filter(|row| row.action == "family-tidy" && row.outcome.is_some())
        .map(|row| &row.idempotency_key)
        .collect();
    let mut cut_off = 0;
    for child in engine.children("m-0").await.expect("it is there") {
        let child = engine.describe(child).await.expect("it is kept");
        cut_off += usize::from(child.status == Status::Cancelled);
    }
    assert_eq!(undone.len(), cut_off, "{undone:?}");
    assert_eq!(engine.check().await.expect("it is read"), []);
}

/// Rows of a store: of instances, that wake, of messages, values and the journal.
fn rows(store: &dyn Store) -> Result<[usize; 5], StoreError> {
    let counters = store.counters()?;
    let view = store.view()?;
    let instances = view.instances(None, usize::MAX)?;
    let wakes = view.active(None, usize::MAX)?.len();
    let wakes = wakes + view.due(None, Timestamp::MAX, usize::MAX)?.len();
    let (mut owned, mut entries) = (0, 0);
    for key in &instances {
        let all = view.belongings(*key)?;
        owned += all.chunks.len() + all.messages.len() + all.data.len();
    }
    for seq in 0..counters.next_seq.0 {
        entries += usize::from(view.entry(JournalSeq(seq))?.is_some());
    }
    let garbage = usize::from(view.has_garbage()?);
    Ok([instances.len(), wakes, owned, entries, garbage])
}

const MAIL: Channel<u32> = Channel::new("family-mail");

/// Has a value, a timer, a child, and waits.
#[flow]
async fn one_of_many(n: u32) -> u32 {
    flow::put("n", n);
    let child = napper().spawn();
    flow::race! {
        mail = flow::receive(MAIL) => mail,
        () = flow::sleep(Duration::from_hours(24)) => child.await.map_or(0, |()| 1),
    }
}

#[flow]
async fn napper() {
    flow::sleep(Duration::from_hours(48)).await;
}

/// Opens the file, plays, and closes it; gives the rows that are left.
async fn rows_after(
    folder: &tempfile::TempDir,
    retention: Option<Duration>,
    play: impl AsyncFnOnce(&Engine),
) -> [usize; 5] {
    let path = folder.path().join("store.redb");
    let builder = Engine::builder().path(&path).retention(retention);
    let engine = builder.open().await.expect("it opens");
    play(&engine).await;
    assert_eq!(engine.check().await.expect("it is read"), []);
    let closed = engine.shutdown(Duration::ZERO).await;
    closed.expect("nothing is under way");
    drop(engine);
    let store = RedbStore::open(path).expect("it opens");
    rows(&store).expect("it is read")
}

/// Parents and children: ten thousand.
const PARENTS: usize = 5_000;

#[tokio::test]
async fn ten_thousand_are_cancelled_at_once_and_leave_no_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let [instances, wakes, values, ..] = rows_after(&folder, None, start_many).await;
    let expected = (2 * PARENTS, 2 * PARENTS, PARENTS);
    assert_eq!((instances, wakes, values), expected);
    let [instances, wakes, ..] = rows_after(&folder, None, cancel_many).await;
    assert_eq!((instances, wakes), (2 * PARENTS, 0));
    // What is removed leaves garbage, which is swept behind it in small batches.
    let mut left = [1; 5];
    for _ in 0..50 {
        if left[4] == 0 {
            break;
        }
        left = rows_after(&folder, Some(Duration::ZERO), all_are_purged).await;
    }
    assert_eq!(left, [0; 5]);
}

async fn all_are_purged(engine: &Engine) {
    while !listed(engine).await.is_empty() {
        tokio::task::yield_now().await;
    }
}

async fn start_many(engine: &Engine) {
    let mut starts = tokio::task::JoinSet::new();
    for n in 0..PARENTS {
        let engine = engine.clone();
        starts.spawn(async move {
            let start = engine.start(format!("m-{n}"), one_of_many(7)).await;
            start.map(|handle| handle.id().clone())
        });
    }
    while let Some(started) = starts.join_next().await {
        started.expect("no panic").expect("it starts");
    }
}

async fn cancel_many(engine: &Engine) {
    let mut ends = tokio::task::JoinSet::new();
    for n in 0..PARENTS {
        let engine = engine.clone();
        ends.spawn(async move {
            let handle = engine.handle::<u32>(format!("m-{n}")).expect("an id");
            handle.cancel("enough").await.expect("it lives");
            handle
                .result()
                .await
                .expect_err("it was cancelled")
                .to_string()
        });
    }
    while let Some(ended) = ends.join_next().await {
        let why = ended.expect("no panic");
        assert!(why.ends_with("was cancelled: enough"), "{why}");
    }
    let child = engine.handle::<()>("m-7/1").expect("an id");
    let why = child.result().await.expect_err("it was cancelled");
    let expected = "`m-7/1` was cancelled: its parent `m-7` has ended";
    assert_eq!(why.to_string(), expected);
}
