//! The engine in a simulation: time, order, fakes, and what a wrong test is told.

use std::process::Command;

use expect_test::expect;
use flowstone::prelude::*;
use flowstone::testing::{Answer, Simulation};
use serde::{Deserialize, Serialize};

use crate::support::told;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Refused {
    Declined,
    Gone,
    Broken(String),
}

impl From<ActionFailure> for Refused {
    fn from(failure: ActionFailure) -> Self {
        Self::Broken(failure.to_string())
    }
}

fn is_declined(refused: &Refused) -> bool {
    *refused == Refused::Declined
}

const GO: Channel<u64> = Channel::new("sim-go");
const DAY: Duration = Duration::from_hours(24);

#[action(
    name = "sim-charge",
    retry(attempts = 4, first_delay = "10s", factor = 2.0, jitter = 0),
    retry_if = is_declined,
    timeout = "30s"
)]
async fn charge(order: u64, card: &str) -> Result<u64, Refused> {
    unreachable!("{order} {card}: it is faked")
}

#[action(name = "sim-ship")]
fn ship(item: &str) -> String {
    unreachable!("{item}: it is faked")
}

#[action(name = "sim-double")]
fn double(n: u64) -> u64 {
    n * 2
}

#[action(name = "sim-slow")]
async fn slow(n: u64) -> u64 {
    tokio::task::yield_now().await;
    n * 10
}

#[flow]
async fn sim_pay(order: u64) -> Result<u64, Refused> {
    charge(order, "4242").await
}

#[flow]
async fn sim_year() -> u64 {
    let mut nights = 0;
    while nights < 365 {
        flow::sleep(DAY).await;
        nights += 1;
    }
    nights
}

#[flow]
async fn sim_naps(naps: Vec<u64>) -> Vec<(u64, Timestamp)> {
    let mut woken = Vec::new();
    for seconds in naps {
        flow::sleep(Duration::from_secs(seconds)).await;
        woken.push((seconds, flow::now()));
    }
    woken
}

#[flow]
async fn sim_three(n: u64) -> (String, String, u64) {
    flow::join!(ship("cup"), ship("pot"), double(n))
}

#[flow]
async fn sim_go() -> u64 {
    flow::receive(GO).await + flow::receive(GO).await
}

#[flow]
async fn sim_slow(n: u64) -> u64 {
    slow(n).await + double(n).await
}

#[flow]
async fn sim_drawn() -> (u64, u64) {
    let first = flow::random();
    double(1).await;
    (first, flow::random())
}

fn seconds(sim: &Simulation) -> Vec<i64> {
    let rows = sim.ledger().rows().iter();
    let at = rows.map(|row| row.at.as_micros() / 1_000_000);
    at.map(|at| at - 1_767_225_600).collect()
}

#[test]
fn a_year_of_sleeps_takes_no_time() {
    let mut sim = Simulation::new(1);
    let (nights, took) = sim.run(async |engine| {
        let began = engine.now();
        let nights = engine.run("year", sim_year()).await.expect("it ends");
        (nights, engine.now() - began)
    });
    assert_eq!((nights, took), (365, 365 * DAY));
}

#[test]
fn timers_fire_in_order_and_exactly_when_they_are_due() {
    for seed in 0..20 {
        let mut sim = Simulation::new(seed);
        let all = sim.run(async |engine| {
            let mut handles = Vec::new();
            for (id, naps) in [("a", vec![5, 1, 7]), ("b", vec![2, 2, 2]), ("c", vec![6])] {
                handles.push(engine.start(id, sim_naps(naps)).await.expect("it starts"));
            }
            let began = engine.now();
            let mut all = Vec::new();
            for handle in handles {
                for (_, at) in handle.result().await.expect("it ends") {
                    all.push((at - began).as_secs());
                }
            }
            all
        });
        assert_eq!(all, [5, 6, 13, 2, 4, 6, 6], "seed {seed}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace_and_another_another_order() {
    let trace = |seed| {
        let mut sim = Simulation::new(seed);
        sim.fake::<ship>(|(item,)| item)
            .takes(Duration::from_secs(1));
        sim.real::<double>();
        let out = sim.run(async |engine| engine.run("three", sim_three(4)).await);
        assert_eq!(out.expect("it ends"), ("cup".into(), "pot".into(), 8));
        sim.trace().clone()
    };
    let traces: Vec<_> = (0..20).map(trace).collect();
    let again: Vec<_> = (0..20).map(trace).collect();
    assert_eq!(traces, again);
    let differing = traces.iter().filter(|other| **other != traces[0]);
    assert!(differing.count() > 5, "{}", traces[0]);
}

#[test]
fn fakes_fail_panic_and_take_time_as_they_are_told() {
    let mut sim = Simulation::new(3);
    sim.fake::<charge>(|(order, card)| {
        assert_eq!(card, "4242");
        Ok(order + 1)
    })
    .fails_times(2, Err(Refused::Declined))
    .panics_times(1, "out of paper")
    .takes(Duration::from_secs(1));
    let paid = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    assert_eq!(paid.expect("it ends"), Ok(8));
    // Each takes a second; the delays are 10, 20 and 40 seconds.
    assert_eq!(seconds(&sim), [0, 11, 32, 73]);
    assert_eq!(sim.ledger().of::<charge>(), vec![(7, "4242".to_owned()); 4]);
    let keys = sim.ledger().rows().iter().map(|row| &row.idempotency_key);
    assert!(keys.eq(["pay/0"; 4].iter()), "{}", sim.ledger());
}

#[test]
fn retry_if_is_asked_and_attempts_end() {
    let mut sim = Simulation::new(3);
    sim.fake::<charge>(|_| Err(Refused::Gone));
    let paid = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    assert_eq!(paid.expect("it ends"), Err(Refused::Gone));
    assert_eq!(sim.ledger().rows().len(), 1);
    sim.fake::<charge>(|_| Ok(1)).panics("broken");
    let paid = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    let broken = Refused::Broken("the attempt panicked: broken".to_owned());
    assert_eq!(paid.expect("it ends"), Err(broken));
    assert_eq!(sim.ledger().rows().len(), 4);
}

#[test]
fn what_takes_longer_than_its_timeout_times_out_when_that_is_over() {
    let mut sim = Simulation::new(3);
    sim.script::<charge>([
        Answer::gives(Ok(1)).after(Duration::MAX),
        Answer::gives(Ok(2)).after(Duration::from_secs(31)),
        Answer::panics("hm"),
        Answer::gives(Ok(4)).after(Duration::from_secs(29)),
    ]);
    let paid = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    assert_eq!(paid.expect("it ends"), Ok(4));
    assert_eq!(seconds(&sim), [0, 40, 90, 130]);
    let outcomes = sim.ledger().rows().iter();
    let outcomes: Vec<_> = outcomes.map(|row| row.outcome.as_deref()).collect();
    assert_eq!(
        outcomes,
        [
            Some("the attempt took longer than 30s"),
            Some("the attempt took longer than 30s"),
            Some("the attempt panicked: hm"),
            Some("returned {\"Ok\":4}"),
        ]
    );
}

#[test]
fn a_script_that_is_exhausted_says_so() {
    let mut sim = Simulation::new(3);
    sim.script::<ship>([Answer::gives("a".to_owned())]);
    sim.real::<double>();
    let text = told(|| sim.run(async |engine| engine.run("three", sim_three(1)).await));
    assert!(
        text.contains("the script of `sim-ship` has 1 answers"),
        "{text}"
    );
}

#[test]
fn an_action_that_nothing_plays_is_refused_with_the_line_to_write() {
    let mut sim = Simulation::new(3);
    let text = told(|| sim.run(async |engine| engine.run("pay", sim_pay(7)).await));
    assert!(
        text.starts_with("pay calls `sim-charge` (tests/tests/testing/simulation.rs:"),
        "{text}"
    );
    assert!(text.contains("sim.real::<sim-charge>()"), "{text}");
}

#[test]
fn a_fake_that_is_not_called_is_named() {
    let mut sim = Simulation::new(3);
    sim.fake::<ship>(|(item,)| item);
    sim.fake::<charge>(|_| Ok(1));
    let _ = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    assert_eq!(sim.never_called(), ["sim-ship"]);
}

#[test]
fn real_bodies_run_also_when_they_wait() {
    let mut sim = Simulation::new(3);
    sim.real::<slow>();
    sim.real::<double>();
    let out = sim.run(async |engine| engine.run("slow", sim_slow(4)).await);
    assert_eq!(out.expect("it ends"), 48);
}

#[test]
fn messages_are_sent_by_the_test_and_time_by_the_simulation() {
    let mut sim = Simulation::new(9);
    let (sum, now) = sim.run(async |engine| {
        let began = engine.now();
        let handle = engine.start("go", sim_go()).await.expect("it starts");
        handle.send(GO, 1).await.expect("it is sent");
        engine.sleep(DAY).await;
        handle.send(GO, 2).await.expect("it is sent");
        let sum = handle.result().await.expect("it ends");
        (sum, engine.now() - began)
    });
    assert_eq!((sum, now), (3, DAY));
}

#[test]
fn a_crash_in_the_middle_loses_nothing_that_was_acknowledged() {
    for seed in 0..50 {
        let mut sim = Simulation::new(seed);
        let sum = sim.run(async |engine| {
            let handle = engine.start("go", sim_go()).await.expect("it starts");
            handle.send(GO, 1).await.expect("it is sent");
            let engine = engine.crash().await;
            assert!(handle.send(GO, 5).await.is_err(), "that engine is gone");
            engine.send("go", GO, 2).await.expect("it is sent");
            let engine = engine.crash().await;
            let handle = engine.handle::<u64>("go").expect("an id");
            let sum = handle.result().await.expect("it ends");
            assert_eq!(engine.check().await.expect("it is read"), []);
            engine.shutdown(DAY).await.expect("it stops");
            sum
        });
        assert_eq!(sum, 3, "seed {seed}");
    }
}

#[test]
fn a_test_that_waits_for_what_never_comes_is_told_what_everything_waits_for() {
    let mut sim = Simulation::new(9);
    let text = told(|| sim.run(async |engine| engine.run("go", sim_go()).await));
    assert!(
        text.starts_with("nothing can happen any more, and the test waits\ngo: waiting"),
        "{text}"
    );
    assert!(text.contains("waits for a message of `sim-go`"), "{text}");
    sim.fake::<ship>(|(item,)| item).takes(Duration::MAX);
    sim.real::<double>();
    let text = told(|| sim.run(async |engine| engine.run("t", sim_three(1)).await));
    assert!(
        text.contains("attempt 1 of `sim-ship` (t/0) never ends, and has no `timeout`"),
        "{text}"
    );
    let text = told(|| sim.run(async |_| std::future::pending::<()>().await));
    assert!(text.contains("no instance was started"), "{text}");
}

#[test]
fn a_panic_of_the_test_or_of_a_fake_is_the_tests_own() {
    let mut sim = Simulation::new(9);
    let text = told(|| sim.run(async |_| panic!("not so")));
    assert_eq!(text, "not so");
    sim.fake::<charge>(|(order, _)| panic!("order {order} again"));
    let text = told(|| sim.run(async |engine| engine.run("pay", sim_pay(7)).await));
    assert_eq!(text, "order 7 again");
}

#[test]
fn random_values_are_the_seeds_and_no_crash_changes_them() {
    let drawn = |seed, crashes: bool| {
        let mut sim = Simulation::new(seed);
        sim.fake::<double>(|(n,)| n).takes(DAY);
        sim.run(async |engine| {
            let handle = engine.start("drawn", sim_drawn()).await.expect("it starts");
            if !crashes {
                return handle.result().await.expect("it ends");
            }
            let engine = engine.crash().await;
            let handle = engine.handle::<(u64, u64)>("drawn").expect("an id");
            handle.result().await.expect("it ends")
        })
    };
    assert_eq!(drawn(1, false), drawn(1, true));
    assert_ne!(drawn(1, false), drawn(2, false));
    let (first, second) = drawn(1, false);
    assert_ne!(first, second);
}

#[flow]
async fn sim_late() -> String {
    double(1).await;
    flow::race! {
        _ = double(2) => "action".to_owned(),
        () = flow::sleep(Duration::from_secs(1)) => "time".to_owned(),
    }
}

#[test]
fn a_timer_beside_an_action_fires_when_it_is_due() {
    for seed in 0..50 {
        let mut sim = Simulation::new(seed);
        sim.fake::<double>(|(n,)| n).takes(Duration::from_hours(1));
        let (won, took) = sim.run(async |engine| {
            let began = engine.now();
            let won = engine.run("late", sim_late()).await.expect("it ends");
            (won, engine.now() - began)
        });
        assert_eq!(
            (won.as_str(), took),
            ("time", Duration::from_secs(3601)),
            "seed {seed}"
        );
    }
}

#[test]
fn settings_of_the_engine_hold_also_those_that_take_days() {
    let mut sim = Simulation::new(5);
    sim.with_engine(|builder| builder.retention(7 * DAY));
    sim.real::<double>();
    sim.fake::<ship>(|(item,)| item);
    sim.run(async |engine| {
        engine.run("three", sim_three(4)).await.expect("it ends");
        engine.sleep(6 * DAY).await;
        assert!(engine.describe("three").await.is_ok());
        engine.sleep(2 * DAY).await;
        engine.sleep(DAY).await;
        assert!(engine.describe("three").await.is_err(), "it is purged");
    });
}

#[test]
fn attempts_wait_for_each_other_at_the_limit() {
    let mut sim = Simulation::new(5);
    sim.with_engine(|builder| builder.max_concurrent_actions(1));
    sim.fake::<ship>(|(item,)| item)
        .takes(Duration::from_secs(1));
    sim.fake::<double>(|(n,)| n).takes(Duration::from_secs(1));
    let out = sim.run(async |engine| engine.run("three", sim_three(4)).await);
    assert_eq!(out.expect("it ends"), ("cup".into(), "pot".into(), 4));
    assert_eq!(seconds(&sim), [0, 1, 2]);
}

#[test]
fn a_trace_says_what_happened_when() {
    let mut sim = Simulation::new(3);
    sim.fake::<charge>(|(order, _)| Ok(order + 1))
        .fails_times(1, Err(Refused::Declined))
        .takes(Duration::from_secs(2));
    let paid = sim.run(async |engine| engine.run("pay", sim_pay(7)).await);
    assert_eq!(paid.expect("it ends"), Ok(8));
    expect![[r#"
        2026-01-01T00:00:00.000000Z commit 1: pay started
        2026-01-01T00:00:00.000000Z attempt 1 of `sim-charge` {"card":"4242","order":7} (pay/0) begins
        2026-01-01T00:00:02.000000Z attempt 1 of `sim-charge` (pay/0): failed with {"Err":"Declined"}
        2026-01-01T00:00:02.000000Z commit 2: pay attempt 1 of `sim-charge` failed: {"Err":"Declined"}
        2026-01-01T00:00:12.000000Z commit 3
        2026-01-01T00:00:12.000000Z attempt 2 of `sim-charge` {"card":"4242","order":7} (pay/0) begins
        2026-01-01T00:00:14.000000Z attempt 2 of `sim-charge` (pay/0): returned {"Ok":8}
        2026-01-01T00:00:14.000000Z commit 4: pay charge: `sim-charge` brought {"Ok":8} after 2 attempts
        2026-01-01T00:00:14.000000Z commit 4: pay finished
    "#]].assert_eq(&sim.trace().to_string());
    expect![[r#"
        2026-01-01T00:00:00.000000Z `sim-charge` {"card":"4242","order":7} (pay/0) attempt 1: failed with {"Err":"Declined"}
        2026-01-01T00:00:12.000000Z `sim-charge` {"card":"4242","order":7} (pay/0) attempt 2: returned {"Ok":8}
    "#]].assert_eq(&sim.ledger().to_string());
}

#[test]
fn the_seed_comes_from_the_environment() {
    const SEED: &str = "FLOWSTONE_SEED";
    if std::env::var(SEED).is_ok() {
        println!("the seed is {}", Simulation::from_env().seed());
        return;
    }
    let said = |seed: &str| {
        let binary = std::env::current_exe().expect("it runs");
        let mut command = Command::new(binary);
        command.env(SEED, seed).args(["--exact", "--nocapture"]);
        command.arg("simulation::the_seed_comes_from_the_environment");
        let output = command.output().expect("it runs");
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8(text).expect("it is text")
    };
    let text = said("42");
    assert!(text.contains("the seed is 42"), "{text}");
    let text = said("green");
    assert!(
        text.contains("FLOWSTONE_SEED is `green`, which is no seed"),
        "{text}"
    );
    assert_ne!(Simulation::from_env().seed(), Simulation::from_env().seed());
}

#[flow]
async fn sim_forever() {
    loop {
        flow::sleep(365 * DAY).await;
    }
}

#[test]
fn a_test_that_waits_for_a_flow_that_never_ends_is_told() {
    let mut sim = Simulation::new(3);
    let text = told(|| sim.run(async |engine| engine.run("for-ever", sim_forever()).await));
    assert!(
        text.contains("something repeats for ever\nfor-ever: waiting"),
        "{text}"
    );
}

#[flow]
async fn sim_counts(most: u64) -> u64 {
    let mut sum = 0;
    for n in 0..most {
        sum += double(n).await;
    }
    sum
}

/// tokio lets a task do so much at once, and then says to it that nothing is there.
#[tokio::test]
async fn a_simulation_in_a_task_of_tokio_is_not_held_back() {
    let mut sim = Simulation::new(1);
    sim.real::<double>();
    sim.crash_everywhere(|| sim_counts(3));
    sim.run(async |engine| {
        for n in 0..200 {
            let id = format!("counts-{n}");
            engine.run(id, sim_counts(2)).await.expect("it ends");
        }
    });
}
