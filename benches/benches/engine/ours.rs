//! The engine on a redb file.

use std::path::Path;
use std::time::{Duration, Instant};

use flowstone::prelude::*;
use tempfile::TempDir;

use super::flows;

/// Whatever goes wrong here is a bug, and ends the benchmark with its message.
pub(crate) const WORKS: &str = "the engine works";

pub(crate) async fn open(folder: &Path) -> Engine {
    Engine::open(folder.join("ours.redb")).await.expect(WORKS)
}

pub(crate) async fn close(engine: Engine) {
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
