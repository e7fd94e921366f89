//! Machines that a test drives by hand.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use flowstone::action::ActionFailure;
use flowstone::prelude::*;
use flowstone::record::ParkReason;
use serde::{Deserialize, Serialize};

use crate::support::told;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Order {
    id: u64,
    items: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Problem {
    Declined,
    TooLate,
    Broken(String),
}

impl From<ActionFailure> for Problem {
    fn from(failure: ActionFailure) -> Self {
        Self::Broken(failure.to_string())
    }
}

const APPROVAL: Channel<bool> = Channel::new("approval");

#[action(retry(attempts = 3, first_delay = "10s", factor = 1.0, jitter = 0))]
async fn charge(order: u64, card: &str) -> Result<u64, Problem> {
    unreachable!("{order} {card}: no action runs")
}

#[action]
fn ship(item: &str, tags: &[u8]) -> String {
    unreachable!("{item} {tags:?}: no action runs")
}

#[action]
fn ping() {
    unreachable!("no action runs")
}

#[flow]
async fn checkout(order: Order) -> Result<Vec<String>, Problem> {
    let receipt = charge(order.id, "4242").await?;
    let mut shipped = Vec::new();
    for item in &order.items {
        shipped.push(ship(item, &[1, 2]).await);
    }
    let approved = flow::race! {
        approved = flow::receive(APPROVAL) => approved,
        () = flow::sleep(Duration::from_hours(24)) => return Err(Problem::TooLate),
    };
    if !approved {
        return Err(Problem::Declined);
    }
    shipped.push(format!("receipt {receipt}"));
    Ok(shipped)
}

fn order() -> Order {
    Order {
        id: 7,
        items: vec!["cup".to_owned(), "pot".to_owned()],
    }
}

#[flow]
async fn both(n: u64) -> (u64, u64, ()) {
    flow::join!(
        charge_or(n),
        async { charge(n, "double").await.unwrap_or(0) * 2 },
        ping()
    )
}

#[flow]
async fn charge_or(n: u64) -> u64 {
    charge(n, "single").await.unwrap_or(1)
}

#[flow]
async fn generic<T: Serialize + serde::de::DeserializeOwned + Send + 'static>(value: T) -> T {
    ping().await;
    value
}

#[flow]
async fn drawn() -> (u64, Timestamp) {
    ping().await;
    (flow::random(), flow::now())
}

#[flow]
async fn bad(divisor: u64) -> u64 {
    ping().await;
    100 / divisor
}

#[test]
fn each_step_is_typed() {
    let mut machine = checkout(order()).machine();
    assert_eq!(machine.label(), "charge");
    assert!(machine.line() > 40);
    assert_eq!(machine.call::<charge>(), (7, "4242".to_owned()));
    assert_eq!(machine.calls::<ship>(), []);
    // Only what is still needed is kept: not `order.id`.
    assert_eq!(machine.local::<Vec<String>>("order.items"), ["cup", "pot"]);

    machine.resolve::<charge>(Ok(99));
    assert_eq!(machine.call::<ship>(), ("cup".to_owned(), vec![1, 2]));
    machine.resolve::<ship>("parcel 1".to_owned());
    assert_eq!(machine.call::<ship>().0, "pot");
    assert_eq!(machine.local::<Vec<String>>("shipped"), ["parcel 1"]);
    machine.resolve::<ship>("parcel 2".to_owned());

    assert_eq!(machine.receives(), ["approval"]);
    assert_eq!(machine.sleeps(), Some(Duration::from_hours(24)));
    assert_eq!(machine.output(), None);

    let mut late = machine.clone();
    late.fire_timer();
    assert_eq!(late.output(), Some(Err(Problem::TooLate)));

    machine.advance(Duration::from_secs(86_399));
    assert_eq!(machine.sleeps(), Some(Duration::from_secs(1)));
    machine.send(APPROVAL, &true);
    let all = ["parcel 1", "parcel 2", "receipt 99"].map(str::to_owned);
    assert_eq!(machine.output(), Some(Ok(all.to_vec())));
    assert_eq!((machine.label(), machine.line()), ("", 0));
}

#[test]
fn messages_that_come_early_are_kept() {
    let mut machine = checkout(Order {
        id: 7,
        items: vec![],
    })
    .machine();
    machine.send(APPROVAL, &false);
    machine.send(APPROVAL, &true);
    assert_eq!(machine.label(), "charge");
    machine.resolve::<charge>(Ok(1));
    assert_eq!(machine.output(), Some(Err(Problem::Declined)));
}

#[test]
fn a_failed_attempt_is_tried_again_as_the_policy_says() {
    let mut machine = checkout(order()).machine();
    let begin = machine.now();
    let failure = || ActionFailure::Panicked {
        message: "no bank".to_owned(),
    };
    machine.fail::<charge>(failure());
    assert_eq!(machine.sleeps(), Some(Duration::from_secs(10)));
    assert_eq!(machine.call::<charge>().0, 7);
    let early = told(|| machine.clone().resolve::<charge>(Ok(1)));
    assert!(
        early.starts_with("`charge` cannot end: it waits for its next attempt"),
        "{early}"
    );
    assert_eq!(machine.fire_timer(), begin + Duration::from_secs(10));
    machine.fail::<charge>(failure());
    machine.advance(Duration::from_secs(100));
    machine.fail::<charge>(failure());
    let broken = Problem::Broken("the attempt panicked: no bank".to_owned());
    assert_eq!(machine.output(), Some(Err(broken)));
}

#[test]
fn an_error_that_is_brought_is_final() {
    let mut machine = checkout(order()).machine();
    machine.resolve::<charge>(Err(Problem::Declined));
    assert_eq!(machine.output(), Some(Err(Problem::Declined)));
}

#[test]
fn operands_end_in_any_order() {
    let begun = both(3).machine();
    let calls = begun.calls::<charge>();
    assert_eq!(calls, [(3, "single".to_owned()), (3, "double".to_owned())]);
    let orders: [[usize; 3]; 6] = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    for order in orders {
        let mut machine = begun.clone();
        for step in order {
            match step {
                0 => machine.resolve_where::<charge>(|(_, card)| card == "single", Ok(5)),
                1 => machine.resolve_where::<charge>(|(_, card)| card == "double", Ok(6)),
                _ => machine.resolve::<ping>(()),
            }
        }
        assert_eq!(machine.output(), Some((5, 12, ())), "{order:?}");
    }
}

#[test]
fn a_generic_flow_needs_no_registration() {
    let mut words = generic(vec!["a".to_owned()]).machine();
    let mut numbers = generic(BTreeMap::from([(1_u8, 2_u8)])).machine();
    words.resolve::<ping>(());
    numbers.resolve::<ping>(());
    assert_eq!(words.output(), Some(vec!["a".to_owned()]));
    assert_eq!(numbers.output(), Some(BTreeMap::from([(1, 2)])));
}

#[test]
fn time_and_randomness_are_the_tests() {
    let run = |mut machine: flowstone::testing::ByHand<drawn>| {
        machine.advance(Duration::from_mins(1));
        machine.resolve::<ping>(());
        machine.output().expect("it has ended")
    };
    let (first, at) = run(drawn().machine());
    assert_eq!(at.to_string(), "2026-01-01T00:01:00.000000Z");
    assert_eq!(run(drawn().machine()), (first, at));
    assert_ne!(run(drawn().machine_of_seed(1)).0, first);
}

#[test]
fn a_flow_that_panics_is_parked_where_it_was() {
    let mut machine = bad(0).machine();
    machine.resolve::<ping>(());
    assert_eq!(machine.label(), "ping");
    let Some(ParkReason::Panicked { message, .. }) = machine.parked() else {
        panic!("{machine}");
    };
    assert!(message.contains("divide by zero"), "{message}");
    machine.retry();
    assert!(machine.parked().is_some());
}

/// Compares without the lines, which move with this file.
fn check(text: &str, expected: &Expect) {
    let lines = text.lines().map(|line| match line.split_once(".rs:") {
        Some((before, behind)) => {
            format!(
                "{before}.rs:_{}",
                behind.trim_start_matches(char::is_numeric)
            )
        }
        None => line.to_owned(),
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn where_it_stands_is_fit_for_a_snapshot() {
    let mut machine = checkout(order()).machine();
    machine.resolve::<charge>(Ok(99));
    check(
        &machine.to_string(),
        &expect![[r#"
        by-hand: running, flow checkout, started 2026-01-01T00:00:00.000000Z
          arguments: {"order":{"id":7,"items":["cup","pot"]}}
          at checkout::ship (tests/tests/testing/by_hand.rs:_)
          calls `ship` with {"item":"cup","tags":[1,2]} since 2026-01-01T00:00:00.000000Z, attempt 1
          keeps: {"for item":{"at":1,"given":1},"order.items":["cup","pot"],"receipt":99,"shipped":[]}"#]],
    );
    machine.resolve::<ship>("p".to_owned());
    machine.resolve::<ship>("q".to_owned());
    check(
        &machine.to_string(),
        &expect![[r#"
        by-hand: waiting, flow checkout, started 2026-01-01T00:00:00.000000Z
          arguments: {"order":{"id":7,"items":["cup","pot"]}}
          at checkout::receive (tests/tests/testing/by_hand.rs:_)
          waits for a message of `approval` since 2026-01-01T00:00:00.000000Z
          at checkout::sleep (tests/tests/testing/by_hand.rs:_)
          sleeps since 2026-01-01T00:00:00.000000Z, wakes up at 2026-01-02T00:00:00.000000Z
          keeps: {"receipt":99,"shipped":["p","q"]}"#]],
    );
}

#[test]
fn what_is_not_waited_for_cannot_be_brought() {
    let machine = checkout(order()).machine();
    check(
        &told(|| machine.clone().resolve::<ping>(())),
        &expect![[r#"
            `ping` cannot end: it is not called
            by-hand: running, flow checkout, started 2026-01-01T00:00:00.000000Z
              arguments: {"order":{"id":7,"items":["cup","pot"]}}
              at checkout::charge (tests/tests/testing/by_hand.rs:_)
              calls `charge` with {"card":"4242","order":7} since 2026-01-01T00:00:00.000000Z, attempt 1
              keeps: {"order.items":["cup","pot"]}"#]],
    );
    let tolds = [
        told(|| {
            machine
                .clone()
                .resolve_where::<charge>(|(order, _)| *order == 8, Ok(1));
        }),
        told(|| _ = machine.call::<ship>()),
        told(|| _ = machine.clone().fire_timer()),
        told(|| _ = machine.local::<u64>("receipt")),
        told(|| _ = machine.local::<u64>("order")),
        told(|| machine.clone().retry()),
        told(|| {
            let mut ended = machine.clone();
            ended.resolve::<charge>(Err(Problem::Declined));
            ended.send(APPROVAL, &true);
        }),
    ];
    let firsts = tolds.iter().filter_map(|told| told.lines().next());
    check(
        &firsts.collect::<Vec<_>>().join("\n"),
        &expect![[r"
        `charge` cannot end: it is not called
        `ship` is not called
        no timer can fire
        no local `receipt` is kept here
        no local `order` is kept here
        there is nothing to retry
        no message can be sent"]],
    );
}
