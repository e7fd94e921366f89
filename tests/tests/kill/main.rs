//! Processes killed with SIGKILL in the middle of their work: whatever they
//! had acknowledged is there for the next one.
//!
//! The test runs its own binary as the process to kill; it is a binary of its
//! own because an engine takes all flows that are linked into a program. The
//! worker says on standard output what it has seen done; the parent kills it
//! after so many lines. Each attempt leaves a line in a ledger file first.

mod rest;

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flowstone::prelude::*;
use flowstone::record::{Entry, Happening};

const FOLDER: &str = "FLOWSTONE_KILL_FOLDER";
const INSTANCES: u32 = 40;
const ROUNDS: u64 = 6;

#[action]
async fn note(ledger: Dep<PathBuf>, cx: ActionCx, step: u64) -> u64 {
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&*ledger)
        .expect("the folder is writable");
    let line = format!("{}#{}\n", cx.idempotency_key(), cx.attempt());
    file.write_all(line.as_bytes())
        .expect("the folder is writable");
    step
}

#[flow]
async fn rounds(number: u64) -> u64 {
    let mut sum = 0;
    for round in 0..ROUNDS {
        if round % 2 == 0 {
            sum += note(number + round).await;
            flow::sleep(Duration::from_millis(1)).await;
            sum += flow::receive(NUDGES).await;
            continue;
        }
        let (noted, nudge) = flow::join!(note(number + round), async {
            flow::sleep(Duration::from_millis(1)).await;
            flow::race! {
                nudge = flow::receive(NUDGES) => nudge,
                () = flow::sleep(Duration::from_hours(1)) => 0,
            }
        });
        sum += noted + nudge;
    }
    sum
}

const NUDGES: Channel<u64> = Channel::new("nudges");

#[test]
fn a_process_killed_again_and_again_finishes_its_work_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kills = 0;
    // Each run gets further than the one before, whatever that one had done.
    for lines in (5..).step_by(23) {
        if worker(folder.path(), lines) {
            break;
        }
        kills += 1;
    }
    assert!(kills > 3, "the worker was killed {kills} times only");
    let ledger = std::fs::read_to_string(folder.path().join("ledger")).expect("a ledger");
    let lines: Vec<&str> = ledger.lines().collect();
    let attempts: BTreeSet<&str> = lines.iter().copied().collect();
    assert_eq!(attempts.len(), lines.len(), "no attempt began twice");
    let key = |line: &&str| line.split('#').next().map(str::to_owned);
    let calls: BTreeSet<_> = attempts.iter().filter_map(key).collect();
    let made = u64::try_from(calls.len()).expect("few");
    assert_eq!(made, u64::from(INSTANCES) * ROUNDS, "every call was made");
}

/// Runs the worker and kills it after so many lines; true when it was done
/// before. It must not end in any other way.
fn worker(folder: &Path, lines: usize) -> bool {
    let binary = std::env::current_exe().expect("the test has a binary");
    let mut child = Command::new(binary)
        .args(["the_worker", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut said = output.lines().map_while(Result::ok);
    let mut progress = said.by_ref().filter(|line| line.starts_with("step "));
    let killed = progress.nth(lines - 1).is_some();
    if killed {
        child.kill().expect("it runs or has ended");
    }
    let done = child.wait().expect("it was started").success();
    assert!(done || killed, "the worker failed; its message is above");
    done
}

/// The process that is killed; a test that does nothing unless its folder is
/// given.
#[test]
fn the_worker() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(work(&folder)).expect("the work is done");
}

async fn work(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::builder()
        .path(folder.join("store.redb"))
        .wait_for_file(Duration::from_secs(10))
        // The process is killed more often than real ones are.
        .max_recoveries(1000)
        .provide(folder.join("ledger"))
        .open()
        .await?;
    assert_eq!(engine.check().await?, []);
    let runs: Vec<_> = (0..INSTANCES)
        .map(|number| tokio::spawn(nudge(engine.clone(), number)))
        .collect();
    for run in runs {
        run.await?;
    }
    assert_eq!(engine.check().await?, []);
    engine.shutdown(Duration::from_secs(10)).await?;
    Ok(())
}

/// Starts an instance or finds it, and sends it what it has not been sent.
#[expect(clippy::print_stdout, reason = "the parent reads what the worker says")]
async fn nudge(engine: Engine, number: u32) {
    let id = format!("flow-{number}");
    let handle = engine
        .start(&id, rounds(u64::from(number)))
        .await
        .expect("started");
    println!("step {id} started");
    let sent = sent(&engine, &id).await;
    for round in sent..ROUNDS {
        handle.send(NUDGES, round).await.expect("sent");
        println!("step {id} nudged");
    }
    let result = handle.result().await.expect("it ends");
    let expected: u64 = (0..ROUNDS).map(|round| u64::from(number) + 2 * round).sum();
    assert_eq!(result, expected);
    println!("step {id} done");
}

/// How many messages the instance was ever sent: those it received and those
/// that wait. Looked at until it does not move between two looks.
async fn sent(engine: &Engine, id: &str) -> u64 {
    loop {
        let before = engine.describe(id).await.expect("it was started");
        let entries = engine.journal(id).await.expect("it was started");
        let after = engine.describe(id).await.expect("it was started");
        if before.turns == after.turns {
            let messages = |entry: &&Entry| matches!(entry.what, Happening::Message { .. });
            let received = entries.iter().filter(messages).count();
            let waiting: u64 = after.messages.iter().map(|(_, count)| count).sum();
            return u64::try_from(received).expect("few") + waiting;
        }
    }
}
