//! Case 32: a cancel of what is queued, runs, waits between two attempts, is parked, cleans
//! up, or belongs to a process that is gone (restate#3656, sdk-php#625, Azure ext#1715,
//! sdk-typescript#1423, sdk-python#1504). It always ends; what cleans up runs once, and may
//! await; a second cancel is harmless.

use std::cell::RefCell;
use std::collections::BTreeSet;

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::instants::at_each_instant;
use crate::journal;

#[action(
    name = "any-state-rent",
    retry(attempts = 3, first_delay = "1h", max_delay = "1h")
)]
async fn rent(room: u32) -> Result<u32, String> {
    unreachable!("{room}: it is faked")
}

#[action(name = "any-state-give-back", retry(attempts = 3, first_delay = "1m"))]
async fn give_back(room: u32) -> Result<(), String> {
    unreachable!("{room}: it is faked")
}

#[action(name = "any-state-sweep")]
async fn sweep(room: u32) -> u32 {
    unreachable!("{room}: it is faked")
}

const GUESTS: Channel<u32> = Channel::new("any-state-guests");

/// Sweeps before it leaves, told or not, and gives back what it has when it is cancelled.
#[flow]
async fn stay(room: u32) -> Result<u32, String> {
    flow::on_failure(give_back(room));
    let rented = rent(room).await?;
    let guests = flow::race! {
        guests = flow::receive(GUESTS) => guests,
        () = flow::sleep(Duration::from_hours(24)) => 0,
        _ = flow::cancelled() => {
            flow::shield(cleans(rented)).await;
            flow::sleep(Duration::from_hours(1)).await;
            0
        }
    };
    assert!(guests < 10, "too many guests");
    Ok(guests)
}

/// What cleans up awaits, more than once.
#[flow]
async fn cleans(room: u32) -> u32 {
    flow::sleep(Duration::from_mins(5)).await;
    sweep(room).await
}

fn simulation(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.with_engine(|builder| builder.max_concurrent_actions(1));
    sim.fake::<rent>(|(room,)| Ok(room))
        .fails_times(1, Err("no key".to_owned()))
        .takes(Duration::from_mins(10));
    sim.fake::<give_back>(|_| Ok(()))
        .fails_times(1, Err("nobody there".to_owned()))
        .takes(Duration::from_mins(10));
    sim.fake::<sweep>(|(room,)| room)
        .takes(Duration::from_mins(10));
    sim
}

type Shows = fn(&Description) -> bool;

/// The states, and what shows that an instance is in one.
const STATES: [(&str, Shows); 7] = [
    ("queued", |shown| {
        shown.turns.0 == 1 && shown.attempt == Some(1)
    }),
    ("running", |shown| {
        shown.status == Status::Running && shown.attempt == Some(1)
    }),
    ("between two attempts", |shown| {
        shown.attempt.is_some() && shown.next_wake_up.is_some() && shown.last_error.is_some()
    }),
    ("waiting", |shown| {
        shown.status == Status::Waiting && shown.others.len() == 2
    }),
    ("parked", |shown| shown.status == Status::Parked),
    ("cleaning up", |shown| {
        shown.cancel.is_some() && !shown.undoing
    }),
    ("undoing", |shown| shown.undoing),
];

/// Brings it into one of the states.
async fn reaches(engine: &SimulatedEngine, state: &str) -> Handle<Result<u32, String>> {
    if state == "queued" {
        // It has the one place that there is for actions.
        engine.start("other", stay(8)).await.expect("it starts");
    }
    let handle = engine.start("s", stay(7)).await.expect("it starts");
    let minutes = match state {
        "queued" | "running" => 5,
        "between two attempts" => 30,
        _ => 100,
    };
    engine.sleep(Duration::from_mins(minutes)).await;
    if state == "parked" {
        handle.send(GUESTS, 99).await.expect("it waits");
        handle.finished_or_parked().await.expect("it is there");
    }
    if state == "cleaning up" || state == "undoing" {
        handle.cancel("first").await.expect("it lives");
        let minutes = if state == "undoing" { 20 } else { 1 };
        engine.sleep(Duration::from_mins(minutes)).await;
    }
    handle
}

/// It ends, and each thing that cleans up was done once.
async fn ends_clean(engine: &SimulatedEngine, state: &str) {
    let handle = engine.handle::<Result<u32, String>>("s").expect("an id");
    let error = handle.result().await.expect_err("it was cancelled");
    assert!(
        matches!(error, ResultError::Cancelled { .. }),
        "{state}: {error}"
    );
    // Harmless also now.
    handle.cancel("once more").await.expect("it ended so");
    engine.sleep(Duration::from_hours(48)).await;
    let rows = journal(engine, "s").await;
    let count = |what: &str| rows.iter().filter(|row| row.contains(what)).count();
    assert_eq!(
        count("`any-state-give-back` brought"),
        1,
        "{state}: {rows:?}"
    );
    assert!(count("`any-state-sweep` brought") <= 1, "{state}: {rows:?}");
    assert_eq!(count("cancelled: "), 1, "{state}: {rows:?}");
    assert_eq!(engine.check().await.expect("it is read"), [], "{state}");
}

/// How often a room was swept, of all attempts.
fn swept(sim: &Simulation) -> usize {
    sim.ledger().of::<sweep>().len()
}

#[test]
fn a_cancel_in_each_state_ends_it_and_cleans_up_once() {
    for (state, shows) in STATES {
        for crashes in [false, true] {
            let mut sim = simulation(32);
            sim.run(async |mut engine| {
                let handle = reaches(&engine, state).await;
                let shown = handle.describe().await.expect("it is there");
                assert!(shows(&shown), "{state}: {shown}");
                let has_begun = engine.ledger().of::<rent>().contains(&(7,));
                assert_eq!(has_begun, state != "queued", "{state}");
                handle.cancel("enough").await.expect("it lives");
                handle.cancel("more than enough").await.expect("it lives");
                if crashes {
                    engine = engine.crash().await;
                    engine.cancel("s", "still").await.expect("it is there");
                }
                ends_clean(&engine, state).await;
            });
            let listens = ["waiting", "cleaning up", "undoing"].contains(&state);
            assert_eq!(swept(&sim), usize::from(listens), "{state}");
        }
    }
}

async fn cancels(engine: Engine) -> Result<(), CancelError> {
    engine.cancel("s", "enough").await?;
    engine.cancel("s", "again").await
}

/// What it can be told, and what then becomes of it.
async fn agrees(engine: &SimulatedEngine, told: Option<Result<(), CancelError>>) -> &'static str {
    let handle = engine.start("s", stay(7)).await.expect("it is there");
    match told {
        Some(Ok(())) => {
            ends_clean(engine, "at an instant").await;
            "cancelled"
        }
        Some(Err(CancelError::Unknown { .. } | CancelError::Ended { .. })) | None => {
            assert_eq!(handle.result().await.expect("it ends"), Ok(3));
            "not cancelled"
        }
        Some(Err(error)) => panic!("{error}"),
    }
}

/// It lives as long as it would, and whoever cancels it does so at each commit; then the
/// process ends, or does not.
#[test]
fn a_cancel_at_each_instant_ends_it_and_cleans_up_once() {
    for crashes in [false, true] {
        let seen = RefCell::new(BTreeSet::new());
        let mut sim = simulation(33);
        let instants = at_each_instant(&mut sim, cancels, async |mut engine, deed| {
            let first = Start::new();
            let handle = engine.start_with("s", stay(7), first).await;
            let handle = handle.expect("it starts");
            let lives = async {
                engine.sleep(Duration::from_mins(100)).await;
                let _ = handle.send(GUESTS, 3).await;
                let _ = handle.result().await;
            };
            let told = deed.done_during(lives).await;
            if crashes {
                engine = engine.crash().await;
            }
            if !matches!(told, Some(Ok(()))) {
                let _ = engine.send("s", GUESTS, 3).await;
            }
            let end = agrees(&engine, told).await;
            seen.borrow_mut().insert(end);
        });
        assert!(instants >= 8, "{instants}");
        assert_eq!(seen.into_inner().len(), 2);
    }
}
