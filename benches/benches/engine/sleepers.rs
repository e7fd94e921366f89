//! Sleeping flows: what starting them costs, and opening their store again.
//!
//! Each run is two processes of this program: one starts the sleepers and
//! ends, in order or not; a fresh one opens what it left. In one process,
//! memory that was used before would hide what the opening takes.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use flowstone::client::Filter;

use super::ours::{WORKS, close, open};
use super::{flows, memory};

/// Makes this program start sleepers, or open a store; what follows are the
/// folder and, to start them, their number and the end.
pub(crate) const START: &str = "--start";
pub(crate) const OPEN: &str = "--open";

/// How the process that started the sleepers ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum End {
    /// By closing the store.
    Closed,
    /// Killed a second after the last start.
    KilledAtRest,
    /// Killed right after the last start.
    KilledAtWork,
}

impl End {
    pub(crate) const ALL: [Self; 3] = [Self::Closed, Self::KilledAtRest, Self::KilledAtWork];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::KilledAtRest => "killed at rest",
            Self::KilledAtWork => "killed at work",
        }
    }
}

/// What a number of sleeping flows cost.
pub(crate) struct Sleepers {
    pub(crate) starting: Duration,
    pub(crate) grown_bytes: u64,
    pub(crate) opening: Duration,
}

pub(crate) fn run(sleepers: u32, end: End) -> Sleepers {
    let folder = tempfile::tempdir().expect(WORKS);
    let number = sleepers.to_string();
    let [starting] = figures(START, folder.path(), &[&number, end.name()]);
    let [opening, grown_bytes] = figures(OPEN, folder.path(), &[]);
    Sleepers {
        starting: Duration::from_micros(starting),
        grown_bytes,
        opening: Duration::from_micros(opening),
    }
}

/// Runs this program again, and reads the figures that it prints.
fn figures<const N: usize>(task: &str, folder: &Path, rest: &[&str]) -> [u64; N] {
    let program = std::env::current_exe().expect(WORKS);
    let mut command = Command::new(program);
    command.arg(task).arg(folder).args(rest);
    let output = command.output().expect(WORKS);
    let output = String::from_utf8(output.stdout).expect(WORKS);
    let figures = output.split_whitespace();
    let figures: Vec<u64> = figures.map(|figure| figure.parse().expect(WORKS)).collect();
    figures.try_into().expect("the other process did its task")
}

/// Does what a process of [`figures`] was told; false when it was told nothing.
pub(crate) fn obeyed(arguments: &[String]) -> bool {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().expect(WORKS);
    match *arguments {
        [START, folder, number, end] => {
            let number = number.parse().expect(WORKS);
            runtime.block_on(start(Path::new(folder), number, end));
        }
        [OPEN, folder] => runtime.block_on(open_and_tell(Path::new(folder))),
        _ => return false,
    }
    true
}

async fn start(folder: &Path, sleepers: u32, end: &str) {
    let engine = open(folder).await;
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
    while let Some(started) = starting.join_next().await {
        started.expect(WORKS);
    }
    println!("{}", start.elapsed().as_micros());
    if end == End::Closed.name() {
        return close(engine).await;
    }
    if end == End::KilledAtRest.name() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    std::process::abort();
}

/// Prints microseconds and bytes.
async fn open_and_tell(folder: &Path) {
    let before = memory::resident_bytes();
    let start = Instant::now();
    let engine = open(folder).await;
    let opening = start.elapsed();
    engine.list(Filter::default()).await.expect(WORKS);
    let grown = memory::resident_bytes().saturating_sub(before);
    println!("{} {grown}", opening.as_micros());
    close(engine).await;
}
