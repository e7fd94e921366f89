//! Faults that broke other engines; this one must live through each. Each module is named
//! after its fault, and has its number, "Case 9", in the list that these are from. Those that
//! concern a store's writes alone are tested beside the engine (`client/tests/sweep.rs`,
//! `failing.rs`).

mod cancelled_in_any_state;
mod cancelled_with_children;
mod changed;
mod disk;
mod due_at_once;
mod identity_of_calls;
mod instants;
mod message_at_an_instant;
mod message_before_or_after;
mod messages;
mod nothing_as_a_value;
mod nothing_to_wake_it;
mod one_unreadable;
mod poison;
mod started_twice;
mod woken_while_it_runs;
mod worker;

use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::FaultyStore;

/// What the journal of an instance says, without the times.
async fn journal(engine: &Engine, id: &str) -> Vec<String> {
    let entries = engine.journal(id).await.expect("it is there");
    let lines = entries.iter().map(|entry| entry.what.to_string());
    lines.collect()
}

/// An engine whose store is gone with it.
async fn in_memory() -> Engine {
    let builder = Engine::builder().in_memory();
    builder.open().await.expect("there is nothing to open")
}

/// A store that says of its commit of that number that it failed, whether or not it is
/// written.
fn failing(commit: u64, is_written: bool) -> FaultyStore<MemoryStore> {
    let store = FaultyStore::new(MemoryStore::new());
    if is_written {
        store.fails_after([commit])
    } else {
        store.fails_before([commit])
    }
}
