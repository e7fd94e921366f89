//! A process killed while nothing happens: its file opens again without being
//! read whole, however many flows sleep in it.
//!
//! The worker's store says on standard output when it has settled, so that the
//! parent knows when to kill it; killed in its work, the file is read whole.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flowstone::prelude::*;
use flowstone::store::{Counters, Left, RedbStore, Store, StoreError, View};
use flowstone::turn::Write;

const FOLDER: &str = "FLOWSTONE_REST_FOLDER";
/// Set to keep the worker's store from settling, however late it is killed.
const RESTLESS: &str = "FLOWSTONE_REST_NOT";
const SLEEPERS: u32 = 2_000;

#[flow]
async fn sleeper(n: u32) -> u32 {
    flow::sleep(Duration::from_hours(1)).await;
    n
}

#[tokio::test]
async fn a_process_killed_at_rest_leaves_nothing_to_repair() {
    for (line, whole) in [("started", true), ("settled", false)] {
        let folder = tempfile::tempdir().expect("a folder");
        killed_after(line, whole, folder.path());
        let store = RedbStore::open(folder.path().join("store.redb")).expect("it opens");
        assert_eq!(store.was_repaired(), whole, "killed after it had {line}");
        let engine = Engine::builder().store(store).provide(PathBuf::new());
        let engine = engine.open().await.expect("it opens");
        let page = engine.list(Filter::default()).await.expect("it is read");
        assert!(!page.instances.is_empty(), "what was acknowledged is there");
        if line == "settled" {
            let last = engine.describe(format!("sleeper-{}", SLEEPERS - 1)).await;
            assert_eq!(last.expect("it is there").status, Status::Waiting);
        }
        assert_eq!(engine.check().await.expect("it is read"), []);
    }
}

/// Runs the worker and kills it when it says `line`.
fn killed_after(line: &str, restless: bool, folder: &Path) {
    let binary = std::env::current_exe().expect("the test has a binary");
    let mut command = Command::new(binary);
    command
        .args(["rest::the_sleepers", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped());
    if restless {
        command.env(RESTLESS, "1");
    }
    let mut child = command.spawn().expect("the binary runs");
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut said = output.lines().map_while(Result::ok);
    let heard = said.any(|said| said == line);
    child.kill().expect("it runs or has ended");
    child.wait().expect("it was started");
    assert!(heard, "the worker never said that it had {line}");
}

/// The process that is killed; a test that does nothing unless its folder is
/// given.
#[tokio::test]
async fn the_sleepers() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let store = RedbStore::open(folder.join("store.redb")).expect("it opens");
    let engine = Engine::builder().store(Telling(store)).provide(folder);
    let engine = engine.open().await.expect("it opens");
    let mut starts = tokio::task::JoinSet::new();
    for n in 0..SLEEPERS {
        let engine = engine.clone();
        starts.spawn(async move { engine.start(format!("sleeper-{n}"), sleeper(n)).await });
    }
    let mut told = false;
    while let Some(started) = starts.join_next().await {
        started.expect("no panic").expect("it starts");
        if !told {
            println!("started");
            told = true;
        }
    }
    std::future::pending::<()>().await;
}

/// The file store, which says when it has settled behind all the sleepers.
#[derive(Debug)]
struct Telling(RedbStore);

impl Store for Telling {
    fn begin(&self) -> Result<Left, StoreError> {
        self.0.begin()
    }
    fn end(&self) -> Result<(), StoreError> {
        self.0.end()
    }
    fn abandon(&self) {
        self.0.abandon();
    }
    fn reopen(&self) -> Result<(), StoreError> {
        self.0.reopen()
    }
    fn counters(&self) -> Result<Counters, StoreError> {
        self.0.counters()
    }
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        self.0.commit(batch)
    }
    #[expect(clippy::print_stdout, reason = "the parent reads what the worker says")]
    fn settle(&self) -> Result<(), StoreError> {
        if std::env::var_os(RESTLESS).is_some() {
            return Ok(());
        }
        self.0.settle()?;
        if self.0.counters()?.next_key.0 >= u64::from(SLEEPERS) {
            println!("settled");
        }
        Ok(())
    }
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.0.view()
    }
}
