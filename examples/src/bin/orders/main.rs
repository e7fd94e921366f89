//! Ships the orders of a CSV file, one flow for each: the card is charged, the
//! goods are sent, and if they are out of stock the money goes back.
//!
//! ```text
//! orders [ORDERS.csv [STATE]]
//! ```
//!
//! The payment service is a small HTTP server of this program's own, on
//! 127.0.0.1. It fails some requests, lets some time out, and refuses some
//! cards; what it has booked it keeps in `STATE/bank.log`. Stopped (Ctrl-C,
//! SIGTERM) or killed at any time and started again with the same STATE (by default `orders-state`), the
//! program goes on: each card is charged once, and the sum of the charges is
//! the sum of what was sent.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its terminal"
)]

mod flow;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use flow::{Order, Outcome};
use flowstone::prelude::*;
use flowstone_examples::service::{Client, Request, Server, Verdict};
use flowstone_examples::{STOPPED, Stop};

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/orders.csv");
    let file = arguments.next().unwrap_or(shipped);
    let state = arguments
        .next()
        .unwrap_or_else(|| PathBuf::from("orders-state"));
    if arguments.next().is_some() {
        eprintln!("usage: orders [ORDERS.csv [STATE]]");
        return ExitCode::FAILURE;
    }
    match run(&file, &state).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("orders: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all orders; whether the books agree.
async fn run(file: &Path, state: &Path) -> Result<bool, Failure> {
    let orders = read(file)?;
    std::fs::create_dir_all(state)?;
    let mut stop = Stop::listen()?;
    let bank = Server::open(&state.join("bank.log"), judge).await?;
    let engine = Engine::builder()
        .path(state.join("orders.redb"))
        .provide(Client::at(bank.address()))
        .max_concurrent_actions(64)
        .open()
        .await?;
    let outcomes = tokio::select! {
        outcomes = fulfil_all(&engine, orders) => Some(outcomes?),
        () = stop.told() => None,
    };
    engine.shutdown(Duration::from_secs(5)).await?;
    match outcomes {
        Some(outcomes) => Ok(report::print(&outcomes, &bank.books())),
        None => Err(STOPPED.into()),
    }
}

/// What the bank and the warehouse refuse.
fn judge(request: &Request) -> Verdict {
    match request.what.as_str() {
        "charge" if request.about.starts_with("0000") => Verdict::Refused("this card has no cover"),
        "send" if request.about == "honey" && request.quantity > 3 => {
            Verdict::Refused("out of stock")
        }
        _ => Verdict::Done,
    }
}

/// Starts all orders, or finds them, and waits for each.
async fn fulfil_all(engine: &Engine, orders: Vec<Order>) -> Result<Vec<(u64, Outcome)>, Failure> {
    println!("{} orders", orders.len());
    let mut handles = Vec::new();
    for order in orders {
        let id = format!("order-{}", order.number);
        let sum = order.cents;
        let handle = engine.start(&id, flow::fulfil(order)).await?;
        if let Some((_, reason)) = handle.describe().await?.parked {
            println!("{id} was parked: {reason}; trying again");
            engine.retry(&id).await?;
        }
        handles.push((sum, handle));
    }
    let mut outcomes = Vec::new();
    for (sum, handle) in handles {
        match handle.finished_or_parked().await? {
            Stopped::Finished(outcome) => outcomes.push((sum, outcome?)),
            Stopped::Parked(reason) => {
                return Err(format!("{}: {reason}\nstart it again to retry", handle.id()).into());
            }
            Stopped::Cancelled { reason } | Stopped::Terminated { reason } => {
                return Err(format!("{} was ended: {reason}", handle.id()).into());
            }
        }
        if outcomes.len().is_multiple_of(50) {
            println!("{} done", outcomes.len());
        }
    }
    Ok(outcomes)
}

fn read(file: &Path) -> Result<Vec<Order>, Failure> {
    let rows = csv::Reader::from_path(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let orders: Result<Vec<Order>, csv::Error> = rows.into_deserialize().collect();
    Ok(orders.map_err(|error| format!("{}: {error}", file.display()))?)
}
