//! Flows that end their process each time, and flows that panic each time.

use std::path::Path;

use flowstone::client::Filter;
use flowstone::prelude::*;
use flowstone::record::Status;
use flowstone::turn::Journal;

use crate::worker;

const INNOCENT: u32 = 20;

/// An engine of this binary: what the actions of any of its tests need is there.
async fn open(file: &Path) -> Engine {
    let engine = Engine::builder().path(file);
    let engine = engine
        .journal(Journal::Off)
        .wait_for_file(Duration::from_secs(10));
    engine.open().await.expect("it opens")
}

#[action]
async fn touch(n: u32) -> u32 {
    n
}

#[action]
async fn kill_the_process() -> u32 {
    std::process::abort()
}

#[flow]
async fn innocent(n: u32) -> u32 {
    let mut sum = 0;
    for round in 0..5 {
        sum += touch(n + round).await;
    }
    sum
}

#[flow]
async fn poisonous() -> u32 {
    touch(1).await + kill_the_process().await
}

/// hindsight#2675: claims that ended in a crash were never counted, so that
/// one flow took the process down again and again.
#[test]
fn a_flow_that_kills_the_process_is_set_aside_and_the_others_finish() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runs = 0;
    while !worker::run("poison::the_victim", folder.path()).success() {
        runs += 1;
        assert!(runs < 20, "it is never set aside");
    }
    assert!(runs > 2, "it was set aside after {runs} crashes already");
    let why = std::fs::read_to_string(folder.path().join("why")).expect("it was parked");
    let wanted = [
        "the process ended 6 times without `Engine::shutdown` while `kill_the_process` or ",
        "(poisonous::kill_the_process at ",
        "poison.rs:44);",
        "`Builder::max_recoveries`",
    ];
    for part in wanted {
        assert!(why.contains(part), "{part} is not in: {why}");
    }
}

/// The process that is killed by its own flow.
#[test]
fn the_victim() {
    let Some(folder) = worker::folder() else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let engine = open(&folder.join("store.redb")).await;
        let mut handles = Vec::new();
        for n in 0..INNOCENT {
            let id = format!("innocent-{n}");
            handles.push(engine.start(&id, innocent(n)).await.expect("it starts"));
        }
        let poison = engine
            .start("poison", poisonous())
            .await
            .expect("it starts");
        for handle in handles {
            handle.result().await.expect("it ends");
        }
        let stopped = poison.finished_or_parked().await.expect("it is there");
        let described = poison.describe().await.expect("it is there");
        let why = described.parked.as_ref().map(|(_, why)| why.to_string());
        std::fs::write(folder.join("why"), why.unwrap_or_default()).expect("it is written");
        assert_eq!(described.status, Status::Parked, "{stopped:?}");
        let parked = engine
            .list(Filter::default().status(Status::Parked))
            .await
            .expect("a page");
        assert_eq!(parked.instances.len(), 1);
        assert_eq!(engine.check().await.expect("it is read"), []);
        engine
            .shutdown(Duration::from_secs(5))
            .await
            .expect("it closes");
    });
}

#[flow]
async fn fails_each_time(n: u32) -> u32 {
    let got = touch(n).await;
    assert!(got > 1_000, "as always");
    got
}

/// redb 4.3.0: a panic inside a write transaction leaked pages for good. Here
/// no user code runs inside of one, so the file does not grow.
#[tokio::test]
async fn ten_thousand_panics_leave_the_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.redb");
    let engine = open(&file).await;
    let handle = engine
        .start("f", fails_each_time(1))
        .await
        .expect("it starts");
    handle.finished_or_parked().await.expect("it is parked");
    let size = || std::fs::metadata(&file).expect("the file is there").len();
    let mut before = 0;
    for round in 0..10_000 {
        engine.retry("f").await.expect("it is parked");
        if round == 1_000 {
            before = size();
        }
    }
    assert!(
        size() <= before,
        "the file grew from {before} to {} bytes",
        size()
    );
    assert_eq!(engine.check().await.expect("it is read"), []);
}
