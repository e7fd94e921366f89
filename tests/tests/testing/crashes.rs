//! Crashes everywhere: sound flows come through.

use std::collections::BTreeMap;

use flowstone::prelude::*;
use flowstone::testing::{Answer, CrashPoint, Simulation};
use serde::{Deserialize, Serialize};

use crate::support::told;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Declined;

const APPROVAL: Channel<bool> = Channel::new("crash-approval");

#[action(name = "crash-charge", retry(attempts = 5, first_delay = "1m"))]
async fn charge(order: u64, cents: u64) -> Result<u64, Declined> {
    unreachable!("{order} {cents}: it is faked")
}

#[action(name = "crash-ship")]
async fn ship(item: &str) -> String {
    unreachable!("{item}: it is faked")
}

#[flow]
async fn crash_checkout(order: u64, items: Vec<String>) -> Result<Vec<String>, Declined> {
    let receipt = charge(order, 100).await?;
    let mut shipped = vec![format!("receipt {receipt}")];
    for item in &items {
        shipped.push(ship(item).await);
    }
    flow::sleep(Duration::from_hours(24)).await;
    let approved = flow::race! {
        approved = flow::receive(APPROVAL) => approved,
        () = flow::sleep(Duration::from_hours(24)) => false,
    };
    if !approved {
        ship("nothing").label("never").await;
        return Err(Declined);
    }
    let both = flow::join!(ship("bow"), crash_gift(flow::random()));
    shipped.extend([both.0, both.1]);
    Ok(shipped)
}

#[flow]
async fn crash_gift(number: u16) -> String {
    let wrapped = ship(&format!("gift {number}")).await;
    flow::sleep(Duration::from_secs(5)).await;
    wrapped
}

fn checkout() -> flow::FlowCall<crash_checkout> {
    crash_checkout(7, vec!["cup".to_owned(), "pot".to_owned()])
}

/// A simulation in which all is well.
fn sound(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<charge>(|(order, cents)| Ok(order + cents))
        .fails_times(1, Err(Declined))
        .takes(Duration::from_secs(2));
    sim.fake::<ship>(|(item,)| item);
    sim.message(APPROVAL, &true);
    sim
}

#[test]
fn a_sound_flow_comes_through_every_crash() {
    for seed in 0..5 {
        let mut sim = sound(seed);
        let report = sim.crash_everywhere(checkout);
        let missed: Vec<_> = report
            .never_reached
            .iter()
            .map(|state| state.label)
            .collect();
        assert_eq!(missed, ["never"], "{report}");
        assert_eq!(report.effects, 6, "{}", sim.ledger());
        let singles = 2 * report.commits + report.effects;
        assert_eq!(
            report.runs,
            1 + report.pairs + usize::try_from(singles).expect("few")
        );
        assert!(report.pairs > 50, "{report}");
    }
}

#[test]
fn a_script_goes_on_where_it_was() {
    let mut sim = Simulation::new(1);
    let answers = (0..8_u64).map(|n| {
        if n.is_multiple_of(2) {
            Err(Declined)
        } else {
            Ok(n)
        }
    });
    sim.script::<charge>(answers.map(Answer::gives));
    sim.crash_everywhere(|| crash_long(4));
    assert_eq!(sim.ledger().rows().len(), 8);
}

#[test]
fn an_effect_with_its_idempotency_key_comes_through() {
    let mut sim = sound(1);
    sim.with_world(BTreeMap::<String, u64>::new());
    sim.fake_in::<charge, BTreeMap<String, u64>>(|till, cx, (order, cents)| {
        till.insert(cx.idempotency_key(), cents);
        Ok(order)
    });
    sim.crash_everywhere(checkout);
    assert_eq!(sim.world::<BTreeMap<String, u64>>()["crashed/0"], 100);
}

#[test]
fn a_flow_that_does_not_end_by_itself_is_told_before_any_crash() {
    let mut sim = sound(1);
    sim.fake::<charge>(|_| Ok(1)).panics("no paper");
    let text = told(|| sim.crash_everywhere(checkout));
    assert!(
        text.starts_with("the flow does not end even without a crash (seed 1): is parked: "),
        "{text}"
    );
    let mut sim = sound(1);
    let text = told(|| sim.crash_at(&[CrashPoint::AfterCommit(99)], checkout));
    assert_eq!(text, "the flow ended after 0 of 1 crashes");
}

#[flow]
async fn crash_long(steps: u64) -> u64 {
    let mut sum = 0;
    for step in 0..steps {
        sum += charge(step, 1).await.unwrap_or(0);
        flow::sleep(Duration::from_mins(1)).await;
    }
    sum
}

#[test]
fn thirty_states_are_covered() {
    let mut sim = Simulation::new(1);
    sim.fake::<charge>(|(order, cents)| Ok(order + cents));
    let report = sim.crash_everywhere(|| crash_long(15));
    assert_eq!(report.never_reached, []);
    assert_eq!((report.commits, report.effects), (31, 15));
    assert!(report.runs > 300, "{report}");
}
