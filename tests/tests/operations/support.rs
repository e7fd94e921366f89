//! What several of these tests need.

use flowstone::prelude::*;
use flowstone::testing::Simulation;
use tokio::sync::Semaphore;

/// An engine on a file of its own, and the folder that must live as long.
pub(crate) async fn engine() -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(folder.path().join("store.redb")).await;
    (engine.expect("a new file"), folder)
}

/// Nothing may be wrong in the store, whatever the test did.
pub(crate) async fn sound(engine: &Engine) {
    assert_eq!(engine.check().await.expect("it can be read"), []);
}

/// What the journal of an instance says, without the times.
pub(crate) async fn journal(engine: &Engine, id: &str) -> Vec<String> {
    let entries = engine.journal(id).await.expect("it is there");
    let lines = entries.iter().map(|entry| entry.what.to_string());
    lines.collect()
}

/// The calls that fakes saw, in order, each once.
pub(crate) fn effects(sim: &Simulation) -> Vec<String> {
    let mut seen = Vec::new();
    for row in sim.ledger().rows() {
        let call = format!("{}{}", row.action, row.arguments.to_json());
        if !seen.contains(&call) {
            seen.push(call);
        }
    }
    seen
}

/// Has a slow action begun, and was it told.
pub(crate) struct Gate(pub(crate) Semaphore, pub(crate) Semaphore);

pub(crate) fn gate() -> &'static Gate {
    static GATE: Gate = Gate(Semaphore::const_new(0), Semaphore::const_new(0));
    &GATE
}
