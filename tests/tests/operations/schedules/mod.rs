//! Random schedules of children, messages, races, cancels, timers and crashes: what was
//! accepted is received once or left, nothing sleeps for ever, no effect is doubled
//! beyond the attempts that crashes cut off. At each commit all that waits has something
//! that wakes it.
//!
//! `FLOWSTONE_SCHEDULES=10000 cargo test -p flowstone-tests --test operations schedules`
//! runs more of them; a failing one says its seed.

mod plan;

use std::collections::{BTreeMap, BTreeSet};

use flowstone::client::CancelError;
use flowstone::prelude::*;
use flowstone::record::Happening;
use flowstone::store::{MemoryStore, Store};
use flowstone::testing::{FaultyStore, SimulatedEngine, Simulation};
use flowstone_tests::instants::Instants;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};

use self::plan::{NUMBERS, deeds, doer, once, undo, work};

/// What clients did: messages that were acknowledged, by instance, and crashes.
#[derive(Default)]
struct Done {
    accepted: BTreeMap<String, u64>,
    crashes: u32,
}

#[test]
fn all_that_was_accepted_is_received_once_or_left() {
    for seed in 0..schedules(400) {
        runs(seed, MemoryStore::new);
    }
}

/// Of some commits it says that they failed: half of them are written all the same.
#[test]
fn so_it_is_with_a_store_that_fails_again_and_again() {
    for seed in 0..schedules(200) {
        runs(seed, move || {
            FaultyStore::new(MemoryStore::new()).fails_at_random(seed, 9)
        });
    }
}

fn schedules(default: u64) -> u64 {
    let schedules = std::env::var("FLOWSTONE_SCHEDULES");
    schedules.map_or(default, |count| count.parse().expect("a number"))
}

fn runs<S: Store>(seed: u64, store: impl Fn() -> S + 'static) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut sim = Simulation::new(seed);
    sim.fake::<work>(|(number,)| match number % 5 {
        0 => Err("no".to_owned()),
        _ => Ok(number),
    })
    .takes(Duration::from_mins(rng.random_range(0..40)));
    sim.fake::<undo>(|(number,)| number);
    sim.fake::<once>(|(number,)| Ok(number))
        .takes(Duration::from_mins(rng.random_range(0..40)));
    let instants = Instants::default();
    let of_run = instants.clone();
    sim.with_store(move || of_run.over(store()));
    // Of the children of one step the others follow in transactions of their own.
    let births = rng.random_range(1..4);
    sim.with_engine(move |builder| builder.births(births));
    let crashes = sim.run(async |engine| {
        let crashes = play(engine, &mut rng, &instants).await;
        instants.forget();
        crashes
    });
    let mut attempts: BTreeMap<_, u32> = BTreeMap::new();
    for row in sim.ledger().rows() {
        *attempts
            .entry((row.action, &row.idempotency_key))
            .or_default() += 1;
    }
    for ((action, key), attempts) in attempts {
        let most = match action {
            "schedule-once" => 1,
            _ => 3 + crashes,
        };
        assert!(
            attempts <= most,
            "seed {seed}: {action} {key} was tried {attempts} times"
        );
    }
}

/// Plays one schedule to its end; how often it crashed.
async fn play(mut engine: SimulatedEngine, rng: &mut StdRng, instants: &Instants) -> u32 {
    let mut done = Done::default();
    let mut found = vec![instants.check(Engine::clone(&engine))];
    let plans: Vec<_> = (0..rng.random_range(1..4)).map(|_| deeds(rng, 2)).collect();
    for (number, plan) in plans.iter().enumerate() {
        let start = async || engine.start(format!("d{number}"), doer(plan.clone())).await;
        while let Err(error) = start().await {
            again(&engine, error.is_retryable(), &error).await;
        }
    }
    for message in 0..rng.random_range(0..12) {
        let id = format!("d{}", rng.random_range(0..plans.len()));
        match rng.random_range(0..10) {
            0 => {
                engine = engine.crash().await;
                found.push(instants.check(Engine::clone(&engine)));
                done.crashes += 1;
            }
            1 => cancels(&engine, &id).await,
            2 => {
                engine
                    .sleep(Duration::from_mins(rng.random_range(0..60)))
                    .await;
            }
            _ => {
                // Sent twice now and then, as who does not know whether it arrived does.
                for _ in 0..rng.random_range(1..3) {
                    if sends(&engine, &id, message).await {
                        done.accepted
                            .entry(format!("{id} {message}"))
                            .or_insert(message);
                    }
                }
            }
        }
    }
    all_end(&engine).await;
    assert_eq!(engine.check().await.expect("it can be read"), []);
    for found in found {
        assert_eq!(*found.lock().expect("no panic"), []);
    }
    for number in 0..plans.len() {
        assert_mail_is_whole(&engine, &format!("d{number}"), &done).await;
    }
    done.crashes
}

/// Whoever was told of a store that failed waits and asks once more.
async fn again(engine: &SimulatedEngine, is_retryable: bool, error: &impl std::fmt::Display) {
    assert!(is_retryable, "{error}");
    engine.sleep(Duration::from_secs(1)).await;
}

async fn cancels(engine: &SimulatedEngine, id: &str) {
    loop {
        match engine.cancel(id, "enough").await {
            Ok(()) | Err(CancelError::Ended { .. }) => return,
            Err(error) => again(engine, error.is_retryable(), &error).await,
        }
    }
}

/// Whether it was accepted.
async fn sends(engine: &SimulatedEngine, id: &str, message: u64) -> bool {
    let send = async || {
        let name = message.to_string();
        engine.send_once(id, NUMBERS, message, name).await
    };
    loop {
        match send().await {
            Ok(()) => return true,
            Err(SendError::Finished { .. }) => return false,
            Err(error) => again(engine, error.is_retryable(), &error).await,
        }
    }
}

/// Waits until every instance has ended.
async fn all_end(engine: &SimulatedEngine) {
    let mut waited = BTreeSet::new();
    loop {
        let all = engine
            .list(Filter::default().limit(1_000))
            .await
            .expect("it can be read");
        let live = all
            .instances
            .iter()
            .find(|listed| listed.finished_at.is_none() && !waited.contains(&listed.id));
        let Some(live) = live else { return };
        let handle = engine
            .handle::<serde_json::Value>(&live.id)
            .expect("it is an id");
        let stopped = handle.finished_or_parked().await;
        assert!(!matches!(stopped, Ok(Stopped::Parked(_))), "{stopped:?}");
        waited.insert(live.id.clone());
    }
}

/// What clients sent to an instance was received once, or is still there.
async fn assert_mail_is_whole(engine: &SimulatedEngine, id: &str, done: &Done) {
    let of_this = format!("{id} ");
    let accepted = done
        .accepted
        .keys()
        .filter(|key| key.starts_with(&of_this))
        .count();
    let journal = engine.journal(id).await.expect("it is kept");
    let received = journal
        .iter()
        .filter(|entry| matches!(entry.what, Happening::Message { .. }));
    let left = engine.describe(id).await.expect("it is kept").messages;
    let left = left
        .iter()
        .map(|(_, count)| usize::try_from(*count).unwrap_or(0));
    assert_eq!(received.count() + left.sum::<usize>(), accepted, "{id}");
}
