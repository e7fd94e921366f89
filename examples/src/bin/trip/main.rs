//! Books the trips of a CSV file, one flow for each: flight, hotel and car at once, then
//! the visa, then the traveller's word, then the money. If anything goes wrong before
//! that, or the traveller cancels, all that was booked is released.
//!
//! ```text
//! trip [TRIPS.csv [STATE]]
//! ```
//!
//! The travel desk is a small HTTP server of this program's own, on 127.0.0.1, and fails
//! some requests; what it has booked it keeps in `STATE/desk.log`. Stopped (Ctrl-C,
//! SIGTERM) or killed at any time and started again with the same STATE (by default
//! `trip-state`), the program goes on, and what is booked at the end is what is paid.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its terminal"
)]

mod desk;
mod flow;
mod report;
mod traveller;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flow::Trip;
use flowstone::prelude::*;
use flowstone::store::RedbStore;
use flowstone_examples::service::{Client, Server};
use flowstone_examples::{STOPPED, Stop, die};
use report::Ended;
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/trips.csv");
    let file = arguments.next().unwrap_or(shipped);
    let state = arguments
        .next()
        .unwrap_or_else(|| PathBuf::from("trip-state"));
    if arguments.next().is_some() {
        eprintln!("usage: trip [TRIPS.csv [STATE]]");
        return ExitCode::FAILURE;
    }
    match run(&file, &state).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("trip: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Books all trips; whether the books agree.
async fn run(file: &Path, state: &Path) -> Result<bool, Failure> {
    let trips = read(file)?;
    std::fs::create_dir_all(state)?;
    let mut stop = Stop::listen()?;
    let server = Server::open(&state.join("desk.log"), desk::judge).await?;
    let engine = Engine::builder()
        .store(die::when_told(RedbStore::open(state.join("trips.redb"))?))
        .provide(Client::at(server.address()))
        .open()
        .await?;
    let ended = tokio::select! {
        ended = travel_all(&engine, trips) => Some(ended?),
        () = stop.told() => None,
    };
    engine.shutdown(Duration::from_secs(5)).await?;
    match ended {
        Some(ended) => Ok(report::print(&ended, &server.books())),
        None => Err(STOPPED.into()),
    }
}

/// Lets all travellers travel, each on their own.
async fn travel_all(engine: &Engine, trips: Vec<Trip>) -> Result<Vec<Ended>, Failure> {
    println!("{} trips", trips.len());
    let mut travellers = JoinSet::new();
    for trip in trips {
        travellers.spawn(traveller::travels(engine.clone(), trip));
    }
    let mut ended = Vec::new();
    while let Some(one) = travellers.join_next().await {
        ended.push(one??);
        println!("{} done", ended.len());
    }
    ended.sort_by_key(|one| one.trip.number);
    Ok(ended)
}

fn read(file: &Path) -> Result<Vec<Trip>, Failure> {
    let rows = csv::Reader::from_path(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let trips: Result<Vec<Trip>, csv::Error> = rows.into_deserialize().collect();
    Ok(trips.map_err(|error| format!("{}: {error}", file.display()))?)
}
