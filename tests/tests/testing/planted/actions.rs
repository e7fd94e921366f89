//! Faulty actions and fakes of them: what is done twice, and what never ends.

use std::collections::BTreeMap;

use flowstone::prelude::*;
use flowstone::testing::{CrashPoint, Simulation};
use serde::{Deserialize, Serialize};

use crate::support::told;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Refused {
    Declined,
    Broken(String),
}

impl From<ActionFailure> for Refused {
    fn from(failure: ActionFailure) -> Self {
        Self::Broken(failure.to_string())
    }
}

fn is_passing(refused: &Refused) -> bool {
    *refused != Refused::Declined
}

#[action(name = "planted-charge", retry(attempts = 5, first_delay = "1m"))]
async fn charge(order: u64, cents: u64) -> u64 {
    unreachable!("{order} {cents}: it is faked")
}

#[action(name = "planted-few", retry(attempts = 2))]
async fn charge_few(order: u64) -> Result<u64, Refused> {
    unreachable!("{order}: it is faked")
}

#[action(name = "planted-again", retry(attempts = 5))]
async fn charge_again(order: u64) -> Result<u64, Refused> {
    unreachable!("{order}: it is faked")
}

#[action(name = "planted-wise", retry(attempts = 5), retry_if = is_passing)]
async fn charge_wisely(order: u64) -> Result<u64, Refused> {
    unreachable!("{order}: it is faked")
}

#[action(name = "planted-patient", timeout = "30s", retry(attempts = 2))]
async fn charge_in_time(order: u64) -> Result<u64, Refused> {
    unreachable!("{order}: it is faked")
}

#[flow]
async fn planted_pay(order: u64) -> u64 {
    charge(order, 100).await + charge(order, 100).await
}

#[flow]
async fn planted_few(order: u64) -> Result<u64, Refused> {
    charge_few(order).await
}

#[flow]
async fn planted_again(order: u64) -> Result<u64, Refused> {
    charge_again(order).await
}

#[flow]
async fn planted_wise(order: u64) -> Result<u64, Refused> {
    charge_wisely(order).await
}

#[flow]
async fn planted_patient(order: u64) -> Result<u64, Refused> {
    charge_in_time(order).await
}

/// Money that was taken, however often it was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
struct Till(u64);

/// What was taken, by what the bank knows a payment by.
type Books = BTreeMap<String, u64>;

/// A bank that knows payments by their idempotency keys.
fn sound() -> Simulation {
    bank(|cx, _| cx.idempotency_key())
}

/// A bank that knows payments by what `name` says.
fn bank(name: fn(&ActionCx, u64) -> String) -> Simulation {
    let mut sim = Simulation::new(1);
    sim.with_world(Books::new());
    sim.fake_in::<charge, Books>(move |books, cx, (order, cents)| {
        books.insert(name(cx, order), cents);
        cents
    });
    sim
}

#[test]
fn the_same_bank_with_idempotency_keys_passes() {
    let mut sim = sound();
    sim.crash_everywhere(|| planted_pay(7));
    assert_eq!(sim.world::<Books>().len(), 2);
}

#[test]
fn a_missing_idempotency_key() {
    let mut sim = Simulation::new(1);
    sim.with_world(Till::default());
    sim.fake_in::<charge, Till>(|till, _, (_, cents)| {
        till.0 += cents;
        cents
    });
    let text = told(|| sim.crash_everywhere(|| planted_pay(7)));
    let words = "the world is Till(300) instead of Till(200)";
    assert!(text.contains(words), "{text}");
    let text = told(|| sim.crash_at(&[CrashPoint::AfterEffect(1)], || planted_pay(7)));
    assert!(text.contains(words), "{text}");
    sim.crash_at(&[CrashPoint::AfterCommit(1)], || planted_pay(7));
}

#[test]
fn a_key_that_differs_with_the_attempt() {
    let mut sim = bank(|cx, _| format!("{}/{}", cx.idempotency_key(), cx.attempt()));
    let text = told(|| sim.crash_everywhere(|| planted_pay(7)));
    assert!(text.contains("the world is {"), "{text}");
}

#[test]
fn a_key_that_two_calls_share() {
    let mut sim = bank(|_, order| order.to_string());
    sim.run(async |engine| engine.run("p", planted_pay(7)).await)
        .expect("it ends");
    let text = told(|| assert_eq!(sim.world::<Books>().len(), 2, "payments"));
    assert!(text.contains("payments"), "{text}");
}

#[test]
fn an_answer_that_differs_with_the_attempt() {
    let mut sim = Simulation::new(1);
    sim.with_world(Till::default());
    sim.fake_in::<charge, Till>(|till, _, _| {
        till.0 += 1;
        till.0
    });
    let text = told(|| sim.crash_everywhere(|| planted_pay(7)));
    assert!(
        text.contains("\nit returned 5 instead of: it returned 3\n"),
        "{text}"
    );
}

#[test]
fn an_attempt_too_few() {
    /// A line that is broken every other time.
    fn every_other(_: &mut Till, cx: &ActionCx, (order,): (u64,)) -> Result<u64, Refused> {
        let is_broken = !cx.attempt().is_multiple_of(2);
        if is_broken {
            Err(Refused::Declined)
        } else {
            Ok(order)
        }
    }
    let mut sim = Simulation::new(1);
    sim.with_world(Till::default());
    sim.fake_in::<charge_few, Till>(every_other);
    sim.fake_in::<charge_again, Till>(every_other);
    let again = [CrashPoint::AfterCommit(3)];
    let text = told(|| sim.crash_at(&again, || planted_few(7)));
    assert!(text.contains("\nit returned {\"Err\":"), "{text}");
    sim.crash_at(&again, || planted_again(7));
}

#[test]
fn attempts_of_what_never_passes() {
    let mut sim = Simulation::new(1);
    sim.fake::<charge_again>(|_| Err(Refused::Declined));
    sim.fake::<charge_wisely>(|_| Err(Refused::Declined));
    let _ = sim.run(async |engine| engine.run("a", planted_again(7)).await);
    let text = told(|| assert_eq!(sim.ledger().of::<charge_again>().len(), 1));
    assert!(text.contains("left: 5"), "{text}");
    let _ = sim.run(async |engine| engine.run("w", planted_wise(7)).await);
    assert_eq!(sim.ledger().of::<charge_wisely>().len(), 1);
}

#[test]
fn an_attempt_without_a_time_limit() {
    let mut sim = Simulation::new(1);
    sim.fake::<charge_again>(|_| Ok(1)).takes(Duration::MAX);
    let text = told(|| sim.run(async |engine| engine.run("a", planted_again(7)).await));
    let words = "attempt 1 of `planted-again` (a/0) never ends, and has no `timeout`";
    assert!(text.contains(words), "{text}");
    sim.fake::<charge_in_time>(|_| Ok(1)).takes(Duration::MAX);
    let late = sim.run(async |engine| engine.run("t", planted_patient(7)).await);
    let late = late.expect("it ends");
    assert!(matches!(late, Err(Refused::Broken(_))), "{late:?}");
}
