//! The engine on a redb file.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use flowstone::client::Filter;
use flowstone::prelude::*;
use tempfile::TempDir;

use super::{flows, memory};

/// Whatever goes wrong here is a bug, and ends the benchmark with its message.
const WORKS: &str = "the engine works";

async fn open(folder: &Path) -> Engine {
    Engine::open(folder.join("ours.redb")).await.expect(WORKS)
}

async fn close(engine: Engine) {
    engine.shutdown(Duration::from_secs(10)).await.expect(WORKS);
}

pub(crate) async fn one_flow(steps: u32) -> Duration {
    let folder = tempfile::tempdir().expect(WORKS);
    let engine = open(folder.path()).await;
    let start = Instant::now();
    engine.run("one", flows::echoes(steps)).await.expect(WORKS);
    let time = start.elapsed();
    close(engine).await;
    time
}

pub(crate) async fn many_flows(flows: u32) -> Duration {
    let folder = tempfile::tempdir().expect(WORKS);
    let engine = open(folder.path()).await;
    let start = Instant::now();
    let mut running = Vec::new();
    for n in 0..flows {
        let engine = engine.clone();
        running.push(tokio::spawn(async move {
            engine
                .run(format!("flow-{n}"), flows::echoes(10))
                .await
                .expect(WORKS)
        }));
    }
    for flow in running {
        flow.await.expect(WORKS);
    }
    let time = start.elapsed();
    close(engine).await;
    time
}

/// What a number of sleeping flows cost.
pub(crate) struct Sleepers {
    pub(crate) number: u32,
    pub(crate) starting: Duration,
    pub(crate) bytes_each: f64,
    pub(crate) opening: Duration,
}

pub(crate) async fn sleepers(sleepers: u32) -> Sleepers {
    let folder = tempfile::tempdir().expect(WORKS);
    let engine = open(folder.path()).await;
    let start = Instant::now();
    let mut starting = tokio::task::JoinSet::new();
    for n in 0..sleepers {
        let engine = engine.clone();
        starting.spawn(async move {
            engine
                .start(format!("sleeper-{n}"), flows::sleeper(n))
                .await
                .expect(WORKS);
        });
    }
    while starting.join_next().await.is_some() {}
    let starting = start.elapsed();
    close(engine).await;
    let (opening, grown) = opened_by_another_process(folder.path());
    #[expect(clippy::cast_precision_loss, reason = "a figure of three digits")]
    let bytes_each = grown as f64 / f64::from(sleepers);
    Sleepers {
        number: sleepers,
        starting,
        bytes_each,
        opening,
    }
}

/// Makes this program open a store and tell what that took.
pub(crate) const OPEN: &str = "--open";

/// How long a fresh process opens the store, and by how many bytes it grows:
/// in this one, memory that was used before would hide it.
fn opened_by_another_process(folder: &Path) -> (Duration, u64) {
    let program = std::env::current_exe().expect(WORKS);
    let output = Command::new(program)
        .arg(OPEN)
        .arg(folder)
        .output()
        .expect(WORKS);
    let output = String::from_utf8(output.stdout).expect(WORKS);
    let mut figures = output
        .split_whitespace()
        .map(|figure| figure.parse().expect(WORKS));
    let micros = figures.next().expect(WORKS);
    (Duration::from_micros(micros), figures.next().expect(WORKS))
}

/// Opens the store in `folder` and prints microseconds and bytes.
pub(crate) fn open_and_tell(folder: &str) {
    let runtime = tokio::runtime::Runtime::new().expect(WORKS);
    runtime.block_on(async {
        let before = memory::resident_bytes();
        let start = Instant::now();
        let engine = open(Path::new(folder)).await;
        let opening = start.elapsed();
        engine.list(Filter::default()).await.expect(WORKS);
        let grown = memory::resident_bytes().saturating_sub(before);
        println!("{} {grown}", opening.as_micros());
        close(engine).await;
    });
}

/// A closed store with a flow that has taken its steps and waits.
pub(crate) async fn prepare_history(steps: u32) -> TempDir {
    let folder = tempfile::tempdir().expect(WORKS);
    let engine = open(folder.path()).await;
    let handle = engine
        .start("long", flows::historian(steps))
        .await
        .expect(WORKS);
    loop {
        let waits = handle.describe().await.expect(WORKS);
        if waits.state.as_deref() == Some("receive") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    close(engine).await;
    folder
}

/// Opens a copy of the store and sends the message: the time to the end.
pub(crate) async fn finish_history(prepared: &TempDir) -> Duration {
    let folder = tempfile::tempdir().expect(WORKS);
    let file = folder.path().join("ours.redb");
    std::fs::copy(prepared.path().join("ours.redb"), &file).expect(WORKS);
    let engine = open(folder.path()).await;
    let handle = engine.handle::<u32>("long").expect(WORKS);
    let start = Instant::now();
    handle.send(flows::GO, 1).await.expect(WORKS);
    handle.result().await.expect(WORKS);
    let time = start.elapsed();
    close(engine).await;
    time
}
