//! What a flow said is to be undone, if it fails.

use flowstone::prelude::*;
use flowstone::testing::Simulation;
use serde::{Deserialize, Serialize};

use crate::support::{effects, engine, journal, sound};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Refused(String);

#[action(name = "undo-book")]
async fn book(what: &str) -> u64 {
    u64::try_from(what.len()).unwrap_or(0)
}

#[action(name = "undo-release", retry(attempts = 3, first_delay = "1s"))]
async fn release(booking: u64) -> Result<(), Refused> {
    if booking == 13 {
        return Err(Refused("not that one".to_owned()));
    }
    Ok(())
}

/// How the trip goes on after it is booked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Then {
    Fails,
    Keeps,
    Waits,
    HandlesAnError,
}

#[flow]
async fn trip(places: Vec<String>, then: Then) -> Result<u64, Refused> {
    let mut total = 0;
    for place in &places {
        let booking = book(place).await;
        flow::on_failure(release(booking));
        total += booking;
    }
    match then {
        Then::Fails => return Err(Refused("no weather".to_owned())),
        Then::Keeps => {
            flow::keep();
            return Err(Refused("too late".to_owned()));
        }
        Then::Waits => flow::sleep(Duration::from_hours(24)).await,
        Then::HandlesAnError => total += failing_leg().await.unwrap_or(100),
    }
    Ok(total)
}

/// It says what undoes it, and fails: its caller handles that.
#[flow]
async fn failing_leg() -> Result<u64, Refused> {
    let booking = book("leg").await;
    flow::on_failure(release(booking));
    Err(Refused("no leg".to_owned()))
}

fn places() -> Vec<String> {
    ["a", "bb", "ccc"].map(str::to_owned).to_vec()
}

/// With this played the bookings are their lengths.
fn played(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<book>(|(what,)| u64::try_from(what.len()).unwrap_or(0));
    sim.fake::<release>(|_| Ok(()));
    sim
}

#[test]
fn what_was_done_last_is_undone_first_through_every_crash() {
    for seed in 0..3 {
        let mut sim = played(seed);
        sim.crash_everywhere(|| trip(places(), Then::Fails));
        let seen = effects(&sim);
        let undone: Vec<_> = seen
            .iter()
            .filter(|call| call.contains("release"))
            .collect();
        assert_eq!(undone.len(), 3, "{seen:?}");
        assert_eq!(sim.ledger().of::<release>(), [(3,), (2,), (1,)]);
    }
}

#[test]
fn a_result_is_had_once_all_is_undone() {
    let mut sim = played(1);
    sim.fake::<release>(|_| Ok(()))
        .takes(Duration::from_hours(1));
    sim.run(async |engine| {
        let handle = engine
            .start("t", trip(places(), Then::Fails))
            .await
            .unwrap();
        let result = handle.result().await.unwrap();
        assert_eq!(result, Err(Refused("no weather".to_owned())));
        let description = handle.describe().await.unwrap();
        let took = description.finished_at.unwrap() - description.created_at;
        assert_eq!(took, Duration::from_hours(3));
        assert_eq!(engine.check().await.unwrap(), []);
    });
}

#[test]
fn what_is_kept_and_what_was_handled_is_not_undone() {
    let mut sim = played(1);
    for (then, result) in [
        (Then::Keeps, Err(Refused("too late".to_owned()))),
        (Then::HandlesAnError, Ok(106)),
        (Then::Waits, Ok(6)),
    ] {
        let end = sim.run(async |engine| engine.run("t", trip(places(), then)).await.unwrap());
        assert_eq!(end, result);
        assert_eq!(sim.ledger().of::<release>(), []);
        sim.crash_everywhere(|| trip(places(), then));
    }
}

#[tokio::test]
async fn a_cancelled_flow_undoes_and_a_terminated_one_only_if_that_is_said() {
    let (engine, _folder) = engine().await;
    for (id, undone) in [("cancel", 3), ("terminate", 0), ("both", 3)] {
        let handle = engine.start(id, trip(places(), Then::Waits)).await.unwrap();
        let undo = sleeping(&handle).await;
        assert!(
            undo.contains("would undo by `undo-release`, then"),
            "{undo}"
        );
        match id {
            "cancel" => engine.cancel(id, "why").await.unwrap(),
            "terminate" => engine.terminate(id, "why").await.unwrap(),
            _ => engine.terminate_and_undo(id, "why").await.unwrap(),
        }
        assert!(
            handle
                .result()
                .await
                .unwrap_err()
                .to_string()
                .ends_with("ed: why")
        );
        let journal = journal(&engine, id).await;
        let released = journal
            .iter()
            .filter(|line| line.contains("`undo-release`"));
        assert_eq!(released.count(), undone, "{journal:?}");
    }
    sound(&engine).await;
}

/// Waits until it sleeps, by what it is told of the store; gives what it shows.
async fn sleeping(handle: &Handle<Result<u64, Refused>>) -> String {
    loop {
        let description = handle.describe().await.expect("it is there");
        if description.waiting == Some(Waiting::Timer) {
            return description.to_string();
        }
        tokio::task::yield_now().await;
    }
}

#[flow]
async fn unlucky() -> Result<(), Refused> {
    for booking in [1, 13, 2] {
        flow::on_failure(release(booking));
    }
    Err(Refused("bad luck".to_owned()))
}

#[test]
fn one_that_cannot_be_undone_parks_the_instance_with_the_rest_intact() {
    let mut sim = Simulation::new(1);
    sim.fake::<release>(|(booking,)| match booking {
        13 => Err(Refused("not that one".to_owned())),
        _ => Ok(()),
    });
    sim.run(async |engine| {
        let handle = engine.start("u", unlucky()).await.unwrap();
        let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
            panic!("13 is not undone")
        };
        let text = reason.to_string();
        assert!(
            text.contains("`undo-release` was to undo a step") || text.contains("not that one")
        );
        let shown = handle.describe().await.unwrap().to_string();
        assert!(
            shown.contains("undoes by `undo-release`, then `undo-release`"),
            "{shown}"
        );
        assert_eq!(engine.check().await.unwrap(), []);
        // A cancel has nothing to add, a retry tries again.
        engine.cancel("u", "more").await.unwrap();
        engine.retry("u").await.unwrap();
        assert!(matches!(
            handle.finished_or_parked().await.unwrap(),
            Stopped::Parked(_)
        ));
        engine.terminate("u", "by hand").await.unwrap();
        assert_eq!(
            handle.result().await.unwrap_err().to_string(),
            "`u` was terminated: by hand"
        );
        assert_eq!(engine.check().await.unwrap(), []);
    });
    let attempts = sim.ledger().rows().iter().map(|row| row.attempt);
    assert_eq!(attempts.collect::<Vec<_>>(), [1, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_retry_after_a_mend_undoes_the_rest() {
    let mut sim = Simulation::new(1);
    sim.with_world(0_u32);
    sim.fake_in::<release, u32>(|tried, _, (booking,)| {
        if booking == 13 {
            *tried += 1;
        }
        if booking == 13 && *tried <= 3 {
            return Err(Refused("not yet".to_owned()));
        }
        Ok(())
    });
    sim.run(async |engine| {
        let handle = engine.start("u", unlucky()).await.unwrap();
        assert!(matches!(
            handle.finished_or_parked().await.unwrap(),
            Stopped::Parked(_)
        ));
        engine.retry("u").await.unwrap();
        assert_eq!(
            handle.result().await.unwrap(),
            Err(Refused("bad luck".to_owned()))
        );
        assert_eq!(engine.check().await.unwrap(), []);
    });
    assert_eq!(sim.ledger().of::<release>().last(), Some(&(1,)));
}

/// What a leg of a trip takes to be undone: two steps, the second an hour after the first.
#[flow]
async fn take_back(booking: u64) -> Result<(), Refused> {
    release(booking).await?;
    flow::sleep(Duration::from_hours(1)).await;
    release(booking + 100).await
}

#[flow]
async fn taken_back(then: Then) -> Result<u64, Refused> {
    for number in [1, 2] {
        flow::on_failure(take_back(number));
        flow::on_failure(release(number + 10));
    }
    if then == Then::Fails {
        return Err(Refused("no weather".to_owned()));
    }
    flow::sleep(Duration::from_hours(24)).await;
    Ok(7)
}

#[test]
fn a_flow_undoes_in_its_turn_through_every_crash() {
    let order = [12, 2, 102, 11, 1, 101].map(|booking| (booking,));
    for seed in 0..3 {
        let mut sim = played(seed);
        sim.run(async |engine| {
            let handle = engine.start("t", taken_back(Then::Fails)).await.unwrap();
            assert!(handle.result().await.unwrap().is_err());
            let description = handle.describe().await.unwrap();
            let took = description.finished_at.unwrap() - description.created_at;
            assert_eq!(took, Duration::from_hours(2));
            assert_eq!(engine.check().await.unwrap(), []);
        });
        assert_eq!(sim.ledger().of::<release>(), order);
        sim.crash_everywhere(|| taken_back(Then::Fails));
    }
}

#[test]
fn a_cancelled_instance_is_undone_by_flows_which_a_second_cancel_leaves_alone() {
    let mut sim = played(1);
    sim.run(async |engine| {
        let handle = engine.start("t", taken_back(Then::Waits)).await.unwrap();
        let shown = handle.describe().await.unwrap().to_string();
        assert!(
            shown.contains("would undo by `undo-release`, then `take_back`"),
            "{shown}"
        );
        handle.cancel("why").await.unwrap();
        engine.sleep(Duration::from_mins(30)).await;
        let child = engine.handle::<Result<(), Refused>>("t/1").unwrap();
        assert_eq!(child.describe().await.unwrap().status, Status::Waiting);
        handle.cancel("again").await.unwrap();
        let ended = handle.result().await.unwrap_err().to_string();
        assert_eq!(ended, "`t` was cancelled: why");
        assert_eq!(engine.check().await.unwrap(), []);
    });
    assert_eq!(sim.ledger().of::<release>().len(), 6);
}

#[test]
fn a_flow_that_cannot_undo_parks_the_instance_and_is_tried_again() {
    let mut sim = Simulation::new(1);
    sim.with_world(0_u32);
    sim.fake_in::<release, u32>(|tried, _, (booking,)| {
        *tried += u32::from(booking == 102);
        match booking {
            102 if *tried <= 3 => Err(Refused("closed".to_owned())),
            _ => Ok(()),
        }
    });
    sim.run(async |engine| {
        let handle = engine.start("t", taken_back(Then::Fails)).await.unwrap();
        let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
            panic!("102 is not undone")
        };
        let said = "`take_back` was to undo a step, and failed: {\"Err\":\"closed\"}";
        assert!(reason.to_string().contains(said), "{reason}");
        let shown = handle.describe().await.unwrap().to_string();
        assert!(
            !shown.contains("no longer has") && !shown.contains("waits for"),
            "{shown}"
        );
        assert!(shown.contains("undoes by `take_back`, then"), "{shown}");
        // A child that somebody cancels has not undone it either.
        engine.retry("t").await.unwrap();
        engine.cancel("t/2", "by hand").await.unwrap();
        let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
            panic!("nothing is undone by a child that was cancelled")
        };
        assert!(reason.to_string().contains("by hand"), "{reason}");
        engine.retry("t").await.unwrap();
        assert!(handle.result().await.unwrap().is_err());
        assert_eq!(engine.check().await.unwrap(), []);
    });
}
