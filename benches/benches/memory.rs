//! How much memory what is outstanding takes: a flow that waits for ten thousand actions, or
//! for as many children of one action each.
//!
//! The allocator is counted, so the figures do not depend on the machine. Of the store's own
//! cache of pages only a megabyte is allowed. Ends with 1 when a leaf takes more than it may.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use dhat::HeapStats;
use flowstone::prelude::*;

#[global_allocator]
static COUNTED: dhat::Alloc = dhat::Alloc;

/// While it is closed no action ends.
static GATE: AtomicBool = AtomicBool::new(true);

const WORKS: &str = "the machine has files and memory";
/// A leaf may take so many bytes while it is outstanding.
const MOST_BYTES: usize = 640;
/// And so many while all of them are started.
const STARTING_BYTES: usize = 1000;

#[action]
async fn behind_the_gate(n: u32) -> u32 {
    while !GATE.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    n
}

#[flow]
async fn one(n: u32) -> u32 {
    behind_the_gate(n).await
}

#[flow]
async fn actions(number: u32) -> usize {
    flow::join_all((0..number).map(behind_the_gate)).await.len()
}

#[flow]
async fn children(number: u32) -> usize {
    let children: Vec<_> = (0..number).map(|n| one(n).spawn()).collect();
    flow::join_all(children).await.len()
}

fn main() -> ExitCode {
    let is_short = std::env::args().any(|argument| argument == "--short");
    let number = if is_short { 2_000 } else { 10_000 };
    let runtime = tokio::runtime::Runtime::new().expect(WORKS);
    let small = runtime.block_on(async {
        println!("memory of {number} leaves of one flow, bytes a leaf");
        let actions = measured("actions", number, || actions(number)).await;
        let children = measured("children", number, || children(number)).await;
        actions && children
    });
    // Of few most run, and one that runs is a task.
    if small || is_short {
        ExitCode::SUCCESS
    } else {
        println!(
            "a leaf takes more than {MOST_BYTES} bytes, or {STARTING_BYTES} while all are started"
        );
        ExitCode::FAILURE
    }
}

/// Whether a leaf takes little.
async fn measured<M: flowstone::machine::Machine>(
    name: &str,
    number: u32,
    call: impl Fn() -> flow::FlowCall<M>,
) -> bool {
    let folder = tempfile::tempdir().expect(WORKS);
    let builder = Engine::builder().path(folder.path().join("memory.redb"));
    let engine = builder.cache_bytes(1 << 20).open().await.expect(WORKS);
    engine.run("first", one(1)).await.expect(WORKS);
    let profiler = dhat::Profiler::builder().testing().build();
    let each = |bytes: usize| bytes / usize::try_from(number).unwrap_or(usize::MAX);

    GATE.store(false, Ordering::Relaxed);
    let handle = engine.start("many", call()).await.expect(WORKS);
    let outstanding = each(settled_bytes().await);
    let starting = each(HeapStats::get().max_bytes);
    GATE.store(true, Ordering::Relaxed);
    handle.result().await.expect(WORKS);
    let most = each(HeapStats::get().max_bytes);
    let left = each(settled_bytes().await);
    println!(
        "  {name:<9}: {outstanding:>5} outstanding, {starting:>5} at most while they were \
         started, {most:>5} until all had ended, {left:>3} after that"
    );
    drop(profiler);
    engine.shutdown(Duration::from_secs(10)).await.expect(WORKS);
    outstanding <= MOST_BYTES && starting <= STARTING_BYTES
}

/// What is allocated once nothing changes any more.
async fn settled_bytes() -> usize {
    let (mut before, mut same) = (0, 0);
    while same < 10 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = HeapStats::get().curr_bytes;
        let is_same = now.abs_diff(before) < 4096;
        same = if is_same { same + 1 } else { 0 };
        before = now;
    }
    before
}
