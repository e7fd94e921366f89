//! A release build has nothing of the check of segments, also with the feature
//! `testing`: `cargo test --release -p flowstone-tests --test released`.
#![cfg(not(debug_assertions))]

mod offence;

use flowstone::prelude::*;

#[flow]
async fn asks_for_the_process() -> bool {
    offence::process()
}

#[tokio::test]
async fn nothing_is_checked() {
    let segments = flowstone::testing::check_segments();
    assert!(!segments.is_on());
    let engine = Engine::builder()
        .in_memory()
        .open()
        .await
        .expect("it opens");
    let result = engine.run("r", asks_for_the_process()).await;
    assert_eq!(result.ok(), Some(true));
    assert_eq!(segments.findings(), []);
}

/// Names of functions that the crate `hooks/` defines where it is at work.
#[test]
fn no_function_of_the_library_is_replaced() {
    let program = std::env::current_exe()
        .and_then(std::fs::read)
        .expect("the program");
    // In parts, or it would find itself.
    let trap = ["flowstone", "hooks", "trusted"].join("_");
    let found = program
        .windows(trap.len())
        .any(|bytes| bytes == trap.as_bytes());
    assert!(!found, "the traps are linked into a release build");
}
