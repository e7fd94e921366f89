//! Whole-engine runs beside the raw limit: the engine's own pattern (overwrite
//! a row, append a row) written straight to redb, in the same run, in turns.
//!
//! ```text
//! cargo bench -p flowstone-benches --bench engine [-- --short] [W1 W2 W3 W5 W6]
//! ```
//!
//! Each figure is the median of several rounds; `--short` runs one small round
//! of each, to see that they run.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod fan;
mod flows;
mod memory;
mod ours;
mod raw;
mod sleepers;

use std::time::Duration;

use fan::Fan;
use sleepers::{End, Sleepers};

/// How much of each is run.
struct Size {
    rounds: usize,
    steps: u32,
    flows: u32,
    sleepers: u32,
    long: u32,
    fan: u32,
}

const FULL: Size = Size {
    rounds: 5,
    steps: 1_000,
    flows: 1_000,
    sleepers: 100_000,
    long: 100_000,
    fan: 10_000,
};
const SHORT: Size = Size {
    rounds: 1,
    steps: 50,
    flows: 20,
    sleepers: 500,
    long: 500,
    fan: 200,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if sleepers::obeyed(&arguments) {
        return;
    }
    let size = if arguments.iter().any(|argument| argument == "--short") {
        SHORT
    } else {
        FULL
    };
    let named: Vec<_> = arguments
        .iter()
        .filter(|name| name.starts_with('W'))
        .collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|wanted| *wanted == name);
    let runtime = tokio::runtime::Runtime::new().expect("the machine gives threads");
    runtime.block_on(async {
        if wanted("W1") {
            one_flow(&size).await;
        }
        if wanted("W2") {
            many_flows(&size).await;
        }
        if wanted("W5") {
            fan_out(&size).await;
        }
        if wanted("W6") {
            sleepers(&size);
        }
        if wanted("W3") {
            long_history(&size).await;
        }
    });
}

/// W1: one flow of sequential echo actions, durable step by step.
async fn one_flow(size: &Size) {
    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        raw.push(per_second(size.steps, raw::steps(size.steps, 1)));
        ours.push(per_second(size.steps, ours::one_flow(size.steps).await));
    }
    compare(
        "W1 one flow, steps a second",
        ours,
        raw,
        "raw, one step a commit",
    );
}

/// W2: many flows of ten echo actions each.
async fn many_flows(size: &Size) {
    let steps = size.flows * 10;
    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        raw.push(per_second(steps, raw::steps(steps, 512)));
        ours.push(per_second(steps, ours::many_flows(size.flows).await));
    }
    compare(
        "W2 many flows, steps a second",
        ours,
        raw,
        "raw, 512 steps a commit",
    );
}

/// W5: many things awaited at once by one flow, beside as many flows of one step.
async fn fan_out(size: &Size) {
    println!("W5 fan-out");
    for number in [size.fan / 10, size.fan] {
        let (mut alone, mut actions, mut children) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..size.rounds {
            alone.push(fan::run(Fan::Alone, number).await);
            actions.push(fan::run(Fan::Actions, number).await);
            children.push(fan::run(Fan::Children, number).await);
        }
        let all = [
            ("flows of one step", &alone),
            ("actions of one flow", &actions),
            ("children of one flow", &children),
        ];
        for (name, runs) in all {
            let pairs = runs.iter().zip(&alone);
            let ratio = pairs.map(|(ran, alone)| alone.time.as_secs_f64() / ran.time.as_secs_f64());
            let bytes = runs.iter().map(|ran| megabytes(ran.written_bytes) * 1e6);
            let bytes = median(bytes.collect()) / f64::from(number);
            println!(
                "  {number:>6} {name:<20}: {:>7.0} a second, ratio {:.2}; each wrote {:>6.0} bytes",
                median(
                    runs.iter()
                        .map(|ran| per_second(number, ran.time))
                        .collect()
                ),
                median(ratio.collect()),
                bytes,
            );
        }
    }
}

/// W6: sleeping flows, what they cost, and how long a store of them opens,
/// also after a crash.
fn sleepers(size: &Size) {
    println!("W6 sleeping flows");
    for number in [size.sleepers / 10, size.sleepers] {
        for end in End::ALL {
            let runs: Vec<_> = (0..size.rounds)
                .map(|_| sleepers::run(number, end))
                .collect();
            let middle = |figure: fn(&Sleepers) -> f64| median(runs.iter().map(figure).collect());
            println!(
                "  {number:>7} sleepers, {:<14}: {:>7.0} starts a second, opened in {:>7.2} ms, {:>5.2} MB of memory",
                end.name(),
                f64::from(number) / middle(|run| run.starting.as_secs_f64()),
                middle(|run| millis(run.opening)),
                middle(|run| megabytes(run.grown_bytes)),
            );
        }
    }
}

/// W3: from a message to the end of a flow that has taken few or many steps,
/// after the store was opened again.
async fn long_history(size: &Size) {
    let mut few = Vec::new();
    let mut many = Vec::new();
    let prepared_few = ours::prepare_history(100).await;
    let prepared_many = ours::prepare_history(size.long).await;
    for _ in 0..(size.rounds * 4) {
        few.push(millis(ours::finish_history(&prepared_few).await));
        many.push(millis(ours::finish_history(&prepared_many).await));
    }
    let (few, many) = (median(few), median(many));
    println!("W3 message to end, after a restart");
    println!(
        "  after 100 steps {few:.2} ms, after {} steps {many:.2} ms, ratio {:.2}",
        size.long,
        many / few
    );
}

fn compare(title: &str, ours: Vec<f64>, raw: Vec<f64>, beside: &str) {
    let ratios = ours
        .iter()
        .zip(&raw)
        .map(|(ours, raw)| ours / raw)
        .collect();
    let (ours, raw, ratio) = (median(ours), median(raw), median(ratios));
    println!("{title}\n  {ours:.0}, beside {raw:.0} ({beside}): ratio {ratio:.2}");
}

fn per_second(steps: u32, time: Duration) -> f64 {
    f64::from(steps) / time.as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure of three digits")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
