//! Archives a folder: each file is hashed, compressed and stored under its
//! hash, once; a manifest says which file has which content; at the end all is
//! restored into a temporary folder and compared.
//!
//! ```text
//! archive [FOLDER OUT]
//! ```
//!
//! Stopped (Ctrl-C, SIGTERM) or killed at any time and started again, it goes on
//! where it was. Without arguments it archives the sources of this repository into `archive-out`.
//! What is needed to go on is kept beside OUT, in `OUT.redb`, until the
//! archive is complete.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its terminal"
)]

mod files;
mod flow;
mod progress;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flowstone::prelude::*;
use flowstone::store::RedbStore;
use flowstone_examples::{STOPPED, Stop, die};
use progress::Progress;

/// The one instance of a store.
const ID: &str = "archive";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (folder, out) = match arguments.as_slice() {
        [] => (
            Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            PathBuf::from("archive-out"),
        ),
        [folder, out] => (folder.clone(), out.clone()),
        _ => {
            eprintln!("usage: archive [FOLDER OUT]");
            return ExitCode::FAILURE;
        }
    };
    match run(&folder, &out).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("archive: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(folder: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let folder = folder
        .canonicalize()
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    std::fs::create_dir_all(out)
        .map_err(|error| format!("cannot write {}: {error}", out.display()))?;
    let out = out.canonicalize()?;
    let store = out.with_added_extension("redb");
    let mut stop = Stop::listen()?;
    let engine = Engine::builder()
        .store(die::when_told(RedbStore::open(&store)?))
        .provide(Progress::new())
        .open()
        .await?;
    if engine.list(Filter::default()).await?.instances.is_empty() {
        println!("archiving {} into {}", folder.display(), out.display());
    } else {
        println!("going on with {} where it was", folder.display());
    }
    let call = flow::archive(text(&folder)?, text(&out)?);
    let handle = engine.start(ID, call).await?;
    if let Some((_, reason)) = handle.describe().await?.parked {
        println!("it was parked: {reason}");
        println!("trying again");
        engine.retry(ID).await?;
    }
    let stopped = tokio::select! {
        stopped = handle.finished_or_parked() => Some(stopped?),
        () = stop.told() => None,
    };
    // What still runs may be cut off: all of it can be done again.
    engine.shutdown(Duration::ZERO).await?;
    match stopped {
        None => return Err(STOPPED.into()),
        Some(Stopped::Finished(summary)) => println!("{}", summary?),
        Some(Stopped::Parked(reason)) => {
            return Err(format!("{reason}\nstart it again to retry").into());
        }
        Some(Stopped::Cancelled { reason } | Stopped::Terminated { reason }) => {
            return Err(format!("it was ended: {reason}").into());
        }
    }
    // The archive is complete: the next run begins anew.
    std::fs::remove_file(&store)?;
    Ok(())
}

fn text(path: &Path) -> Result<String, String> {
    let text = path.to_str().map(ToOwned::to_owned);
    text.ok_or_else(|| format!("the path {} is not UTF-8", path.display()))
}
