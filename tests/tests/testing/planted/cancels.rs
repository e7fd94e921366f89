//! A flow that is wrong only when it is cancelled between two outcomes.

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::support::told;

#[action(name = "cancels-book")]
async fn book(what: &str) -> u64 {
    unreachable!("{what}: it is faked")
}

#[action(name = "cancels-release")]
async fn release(what: &str) -> u64 {
    unreachable!("{what}: it is faked")
}

/// Says what undoes the room before it books it, so that it is undone however far that
/// came. For the flight it may say so too late.
#[flow]
async fn trip(too_late: bool) -> u64 {
    flow::on_failure(release("room"));
    let room = book("room").await;
    if !too_late {
        flow::on_failure(release("flight"));
    }
    let flight = book("flight").await;
    if too_late {
        flow::on_failure(release("flight"));
    }
    room + flight
}

fn simulation() -> Simulation {
    let mut sim = Simulation::new(7);
    sim.fake::<book>(|_| 1);
    sim.fake::<release>(|_| 1);
    sim
}

/// A trip that was cancelled leaves nothing behind.
async fn cancelled(engine: SimulatedEngine, too_late: bool) {
    let trip = engine.start("t", trip(too_late)).await.expect("it starts");
    let cancelled = trip.cancel("no holiday").await;
    let ended = trip.result().await;
    assert_eq!(cancelled.is_ok(), ended.is_err(), "{ended:?}");
    let (booked, released) = (
        engine.ledger().of::<book>(),
        engine.ledger().of::<release>(),
    );
    let is_left = |what: &String| ended.is_err() && !released.contains(&(what.clone(),));
    let left: Vec<_> = booked.iter().filter(|(what,)| is_left(what)).collect();
    assert!(left.is_empty(), "{left:?} is booked for nobody");
}

#[test]
fn a_cancel_between_two_outcomes() {
    let every = |too_late| {
        let test = async |engine| cancelled(engine, too_late).await;
        simulation().every_order(1_000, test)
    };
    let said = told(|| every(true));
    assert!(
        said.contains(r#"[("flight",)] is booked for nobody"#),
        "{said}"
    );
    let orders = every(false);
    assert!(orders.is_complete, "{orders:?}");
    // Nothing but a cancel finds it, and that only between the two.
    simulation().crash_everywhere(|| trip(true));
    let test = async |engine| cancelled(engine, true).await;
    simulation().in_order(&[0], test);
    simulation().in_order(&[1, 1], test);
}
