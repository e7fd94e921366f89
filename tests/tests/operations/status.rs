//! The status that a flow sets, and those who watch it.

use flowstone::client::DataError;
use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{FaultyStore, Simulation};
use serde_json::json;

use crate::support::{engine, sound};

const STEP: Channel<u32> = Channel::new("status-step");

#[action(name = "status-work")]
async fn work(number: u32) -> u32 {
    number
}

/// Takes steps until it is told 0; says each.
#[flow]
async fn stepper() -> u32 {
    let mut last = 0;
    loop {
        let step = flow::receive(STEP).await;
        if step == 0 {
            return last;
        }
        last = step;
        flow::set_status(format!("before {step}"));
        flow::set_status(format!("at {step}"));
    }
}

#[flow]
async fn counter(most: u32) {
    for number in 1..=most {
        flow::set_status(number);
        work(number).await;
    }
    flow::set_status(most + 1);
}

#[tokio::test]
async fn a_watcher_gets_the_present_one_then_newer_ones_then_the_end() {
    let (engine, _folder) = engine().await;
    let stepper = engine.start("s", stepper()).await.unwrap();
    assert_eq!(stepper.status::<String>().await.unwrap(), None);
    let mut early = stepper.watch_status::<String>();
    let (first, sent) = tokio::join!(early.next(), stepper.send(STEP, 1));
    sent.unwrap();
    let (one, status) = first.unwrap().unwrap();
    assert_eq!(status, "at 1");
    let mut late = stepper.watch_status::<String>();
    assert_eq!(late.next().await.unwrap(), Some((one, status.clone())));
    assert_eq!(stepper.status().await.unwrap(), Some((one, status)));
    for step in 2..=9 {
        stepper.send(STEP, step).await.unwrap();
    }
    stepper.send(STEP, 0).await.unwrap();
    assert_eq!(stepper.result().await.unwrap(), 9);
    // A slow one may skip, but not the last one.
    let (nine, status) = early.next().await.unwrap().unwrap();
    assert!(nine > one);
    assert_eq!(status, "at 9");
    assert_eq!(early.next().await.unwrap(), None);
    assert_eq!(early.next().await.unwrap(), None);
    let mut after = stepper.watch_status::<String>();
    assert_eq!(after.next().await.unwrap(), Some((nine, status.clone())));
    assert_eq!(after.next().await.unwrap(), None);
    let shown = stepper.describe().await.unwrap();
    assert_eq!(shown.own_status, Some((nine, json!("at 9"))));
    assert!(
        shown.to_string().contains("\n  status: \"at 9\""),
        "{shown}"
    );
    sound(&engine).await;
}

#[tokio::test]
async fn a_watch_that_is_dropped_and_asked_again_misses_nothing() {
    let (engine, _folder) = engine().await;
    let stepper = engine.start("s", stepper()).await.unwrap();
    let mut watch = stepper.watch_status::<String>();
    for _ in 0..100 {
        let next = tokio::time::timeout(Duration::ZERO, watch.next()).await;
        assert!(next.is_err(), "there is none yet");
    }
    stepper.send(STEP, 1).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap().1, "at 1");
    drop(stepper.watch_status::<String>());
    let (ended, sent) = tokio::join!(watch.next(), stepper.send(STEP, 0));
    sent.unwrap();
    assert_eq!(ended.unwrap(), None);
}

#[tokio::test]
async fn many_watchers_of_a_busy_flow_all_see_versions_grow_and_the_last() {
    let (engine, _folder) = engine().await;
    let counter = engine.start("c", counter(200)).await.unwrap();
    let watch = async |pace: usize| {
        let mut watch = counter.watch_status::<u32>();
        let mut seen = Vec::new();
        while let Some((version, status)) = watch.next().await.unwrap() {
            if let Some((before, earlier)) = seen.last() {
                assert!(version > *before && status > *earlier);
            }
            seen.push((version, status));
            for _ in 0..pace {
                tokio::task::yield_now().await;
            }
        }
        seen
    };
    let (fast, slow, slower) = tokio::join!(watch(0), watch(10), watch(1_000));
    for seen in [&fast, &slow, &slower] {
        assert_eq!(seen.last().map(|(_, status)| *status), Some(201));
    }
    assert_eq!(fast.last(), slow.last());
    sound(&engine).await;
}

#[test]
fn the_last_status_comes_through_every_crash() {
    let mut sim = Simulation::new(3);
    sim.fake::<work>(|(number,)| number);
    let last = sim.run(async |engine| {
        let counter = engine.start("c", counter(3)).await.unwrap();
        let mut watch = counter.watch_status::<u32>();
        let mut last = None;
        while let Some((_, status)) = watch.next().await.unwrap() {
            assert!(last < Some(status));
            last = Some(status);
        }
        last
    });
    assert_eq!(last, Some(4));
    sim.crash_everywhere(|| counter(3));
}

#[tokio::test]
async fn the_next_process_reads_the_status_and_goes_on_counting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let engine = Engine::open(&path).await.unwrap();
    let first = engine.start("s", stepper()).await.unwrap();
    first.send(STEP, 1).await.unwrap();
    let before = first.status::<String>().await.unwrap().unwrap();
    drop((first, engine));
    let engine = Engine::open(&path).await.unwrap();
    let again = engine.handle::<u32>("s").unwrap();
    assert_eq!(again.status::<String>().await.unwrap().unwrap(), before);
    again.send(STEP, 2).await.unwrap();
    let after = again.status::<String>().await.unwrap().unwrap();
    assert!(after.0 > before.0 && after.1 == "at 2");
    let mut of_u32 = again.watch_status::<u32>();
    let wrong = of_u32.next().await.unwrap_err();
    assert!(matches!(wrong, DataError::Decode { .. }), "{wrong}");
    assert!(
        wrong.to_string().starts_with("the status of `s`"),
        "{wrong}"
    );
    assert!(again.status::<u32>().await.is_err());
    // An id that is used again is another instance.
    let mut watch = again.watch_status::<String>();
    watch.next().await.unwrap();
    engine.force_delete("s").await.unwrap();
    assert!(matches!(watch.next().await, Err(DataError::Unknown { .. })));
    let anew = engine.start("s", stepper()).await.unwrap();
    anew.send(STEP, 5).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap().1, "at 5");
    sound(&engine).await;
}

#[tokio::test]
async fn a_watcher_lives_through_a_store_that_fails() {
    for commit in 1..=6 {
        for lands in [false, true] {
            let store = FaultyStore::new(MemoryStore::new());
            let store = if lands {
                store.fails_after([commit])
            } else {
                store.fails_before([commit])
            };
            let engine = Engine::builder().store(store).open().await.unwrap();
            let counter = loop {
                match engine.start("c", counter(3)).await {
                    Ok(counter) => break counter,
                    Err(error) => assert!(error.is_retryable(), "{error}"),
                }
                tokio::task::yield_now().await;
            };
            let mut watch = counter.watch_status::<u32>();
            let mut last = None;
            loop {
                match watch.next().await {
                    Ok(Some((_, status))) => {
                        assert!(last < Some(status));
                        last = Some(status);
                    }
                    Ok(None) => break,
                    Err(error) => assert!(error.is_retryable(), "{error}"),
                }
            }
            assert_eq!(last, Some(4), "commit {commit} fails, lands: {lands}");
            sound(&engine).await;
        }
    }
}

#[flow]
async fn boasts(size: usize) -> u32 {
    flow::set_status("x".repeat(size));
    flow::receive(STEP).await
}

#[tokio::test]
async fn a_status_that_is_too_large_parks_the_flow() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Engine::builder().path(folder.path().join("store.redb"));
    let engine = builder.max_value_bytes(100).open().await.unwrap();
    let flow = engine.start("b", boasts(200)).await.unwrap();
    let Stopped::Parked(reason) = flow.finished_or_parked().await.unwrap() else {
        panic!("it must be parked");
    };
    assert!(
        reason.to_string().starts_with("the status has 202 bytes"),
        "{reason}"
    );
    assert_eq!(flow.status::<String>().await.unwrap(), None);
    let (told, cancelled) = {
        let mut watch = flow.watch_status::<String>();
        tokio::join!(async { watch.next().await }, flow.cancel("no"))
    };
    cancelled.unwrap();
    assert_eq!(told.unwrap(), None, "parked is no end, cancelled is");
    sound(&engine).await;
}

#[test]
fn a_machine_by_hand_shows_its_status() {
    let mut stepper = stepper().machine();
    assert_eq!(stepper.status::<String>(), None);
    stepper.send(STEP, &3);
    assert_eq!(stepper.status::<String>().as_deref(), Some("at 3"));
    assert!(
        stepper.to_string().contains("status: \"at 3\""),
        "{stepper}"
    );
}
