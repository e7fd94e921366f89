//! The main part of each generated crate: runs the bodies one by one, and
//! prints what came of each as a line of JSON.
//!
//! Compiled with this crate only to be checked; see `project.rs`.

use std::fmt::Debug;
use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use flowstone::flow::FlowCall;
use flowstone::machine::Machine;
use serde::Serialize;

use crate::differ::{self, Order, Run};

/// How long a body may take before it counts as one that never ends.
const PATIENCE: Duration = Duration::from_secs(5);

/// In how many orders comes what a body waits for; the first is that of the source.
const ORDERS: u64 = 4;

/// A body, by its number.
type Case = (u64, fn() -> Result<(), String>);

/// A line of what is printed.
#[derive(Debug, Serialize)]
enum Verdict {
    Begin(u64),
    /// The plain copy has come to an end.
    Plain,
    Same,
    Differ(u64, String),
}

/// Runs both copies of a body and compares what they did.
///
/// # Errors
///
/// If they did different things: which.
pub fn same<M: Machine, F: Future<Output = M::Output>>(
    plain: impl Fn() -> F,
    flow: impl Fn() -> FlowCall<M>,
) -> Result<(), String>
where
    M::Output: Debug + PartialEq,
{
    let orders = || (0..ORDERS).map(Order::of);
    let expected: Vec<Outcome> = orders()
        .map(|order| outcome(|| differ::plain_in(order, plain())))
        .collect();
    print(&Verdict::Plain);
    orders().zip(&expected).try_for_each(|(order, expected)| {
        let got = outcome(|| differ::machine_in(order, flow()));
        equal(expected, &got)
    })
}

#[expect(clippy::print_stdout, reason = "whoever started the process reads it")]
fn print(verdict: &Verdict) {
    match serde_json::to_string(verdict) {
        Ok(line) => println!("{line}"),
        Err(error) => println!("{error}"),
    }
}

/// A log, and the result as text.
type Outcome = (Vec<String>, String);

fn equal(expected: &Outcome, got: &Outcome) -> Result<(), String> {
    if got == expected {
        return Ok(());
    }
    let common = expected.0.iter().zip(&got.0);
    let common = common.take_while(|(left, right)| left == right).count();
    Err(format!(
        "expected: {:?}\n  result {}\ngot: {:?}\n  result {}\nthe first {common} entries are equal",
        expected.0, expected.1, got.0, got.1
    ))
}

/// The log and the result as text. A panic is a result like any other.
fn outcome<T: Debug>(run: impl FnOnce() -> Run<T>) -> Outcome {
    match panic::catch_unwind(AssertUnwindSafe(run)) {
        Ok(run) => (run.log, format!("{:?}", run.result)),
        Err(cause) => {
            let text = cause.downcast_ref::<String>().cloned();
            let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            (
                differ::take_log(),
                format!("panic: {}", text.unwrap_or_default()),
            )
        }
    }
}

/// Runs all bodies, from the one that the first argument says on, and prints what came of
/// each.
pub fn run_all(cases: &[Case]) {
    panic::set_hook(Box::new(|_| {}));
    let from: Option<u64> = std::env::args().nth(1).and_then(|from| from.parse().ok());
    for (index, case) in cases.iter().filter(|(index, _)| from <= Some(*index)) {
        print(&Verdict::Begin(*index));
        print(&match in_time(*case) {
            Ok(()) => Verdict::Same,
            Err(message) => Verdict::Differ(*index, message),
        });
    }
}

fn in_time(case: fn() -> Result<(), String>) -> Result<(), String> {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || done.send(case()));
    let result = wait.recv_timeout(PATIENCE);
    result.unwrap_or_else(|error| Err(format!("the body did not end: {error}")))
}
