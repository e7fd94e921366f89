//! What is to be undone, and what must not be done twice.

use std::sync::Arc;

use flowstone::prelude::*;
use flowstone::record::Hot;
use flowstone::store::MemoryStore;
use flowstone::testing::Simulation;
use flowstone::turn::Write;

use super::stores::{Tamper, Tampered};
use crate::support::told;

#[action(name = "undo-book")]
async fn book(what: &str) -> u64 {
    unreachable!("{what}: it is faked")
}

#[action(name = "undo-release")]
async fn release(what: &str) {
    unreachable!("{what}: it is faked")
}

#[flow]
async fn planted_trip(places: Vec<String>) -> Result<u64, String> {
    let mut booked = 0;
    for place in &places {
        booked += book(place).await;
        flow::on_failure(release(place));
    }
    flow::sleep(Duration::from_hours(24)).await;
    Err(format!("no holiday, and {booked} booked"))
}

/// What is undone, in its order, when an engine stores this.
fn undone(tamper: Tamper) -> Vec<String> {
    let mut sim = Simulation::new(1);
    sim.with_store(move || Tampered::new(MemoryStore::new(), tamper));
    sim.fake::<book>(|_| 1);
    sim.fake::<release>(|_| ());
    let places = ["room", "flight", "car"].map(str::to_owned);
    let ended = sim.run(async |engine| engine.run("t", planted_trip(places.to_vec())).await);
    assert!(ended.is_ok_and(|trip| trip.is_err()));
    let released = sim.ledger().of::<release>();
    released.into_iter().map(|(what,)| what).collect()
}

#[test]
fn an_undo_in_the_wrong_order() {
    let first_first: Tamper = |write, _| match write {
        Write::Hot { key, hot } => {
            let mut hot = Hot::clone(&hot);
            hot.undo.reverse();
            let hot = Arc::new(hot);
            Some(Write::Hot { key, hot })
        }
        write => Some(write),
    };
    assert_eq!(undone(first_first), ["room", "flight", "car"]);
    assert_eq!(undone(|write, _| Some(write)), ["car", "flight", "room"]);
}

#[test]
fn an_undo_that_is_lost() {
    let none: Tamper = |write, _| match write {
        Write::Hot { key, hot } => {
            let mut hot = Hot::clone(&hot);
            hot.undo.pop();
            let hot = Arc::new(hot);
            Some(Write::Hot { key, hot })
        }
        write => Some(write),
    };
    assert_eq!(undone(none), ["flight", "room"], "the car is nobody's");
}

/// The bank knows no idempotency keys.
#[action(name = "undo-wire")]
async fn wire(cents: u64) -> Result<u64, ActionFailure> {
    unreachable!("{cents}: it is faked")
}

#[action(name = "undo-wire-once", at_most_once)]
async fn wire_once(cents: u64) -> Result<u64, ActionFailure> {
    unreachable!("{cents}: it is faked")
}

#[flow]
async fn planted_wires(once: bool) -> Result<u64, ActionFailure> {
    if once {
        wire_once(100).await
    } else {
        wire(100).await
    }
}

#[test]
fn a_payment_that_may_be_made_twice() {
    let bank = || {
        let mut sim = Simulation::new(1);
        sim.with_world(0_u64);
        sim.fake_in::<wire, u64>(|paid, _, (cents,)| {
            *paid += cents;
            Ok(cents)
        });
        sim.fake_in::<wire_once, u64>(|paid, _, (cents,)| {
            *paid += cents;
            Ok(cents)
        });
        sim
    };
    let text = told(|| bank().crash_everywhere(|| planted_wires(false)));
    assert!(text.contains("the world is 200 instead of 100"), "{text}");
    bank().crash_everywhere(|| planted_wires(true));
}
