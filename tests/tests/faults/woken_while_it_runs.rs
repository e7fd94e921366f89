//! Case 28: something that wakes a flow while an action of it runs, whereupon the action
//! was run once more (vercel#2780, inngest#4897, inngest#2775). A wake never dispatches
//! again what runs.

use std::collections::BTreeMap;
use std::pin::Pin;

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::{failing, journal};

const NOISE: Channel<u32> = Channel::new("woken-noise");
const UNREAD: Channel<u32> = Channel::new("woken-unread");
const ASKED: Channel<Question<u32, u32>> = Channel::new("woken-asked");

#[action(name = "woken-build")]
async fn build(part: u32) -> u32 {
    unreachable!("{part}: it is faked")
}

/// Parts are built in parallel; meanwhile it is woken by messages, questions and timers.
#[flow]
async fn factory(rounds: u32) -> u32 {
    let crowd = flow::join_all((3..6).map(build)).limit(2);
    let (first, later, parts, heard) = flow::join!(build(0), builds_two(), crowd, async {
        let mut heard = 0;
        for _ in 0..rounds {
            heard += flow::race! {
                noise = flow::receive(NOISE) => noise,
                asked = flow::receive(ASKED) => {
                    let value = asked.value;
                    asked.answer(value);
                    value
                }
                () = flow::sleep(Duration::from_mins(7)) => 1,
            };
        }
        heard
    });
    first + later + parts.into_iter().sum::<u32>() + heard
}

#[flow]
async fn builds_two() -> u32 {
    let first = build(1).await;
    first + build(2).await
}

/// The race is awaited anew each time that a message comes; what it waits for besides is
/// spawned, and so goes on.
#[flow]
async fn plans_again() -> u32 {
    let part = build(9).spawn();
    let mut heard = 0;
    loop {
        let ended = flow::race! {
            () = part.ended() => true,
            noise = flow::receive(NOISE) => {
                heard += noise;
                false
            }
            () = flow::sleep(Duration::from_mins(7)) => false,
        };
        if ended {
            break;
        }
    }
    heard + part.await.unwrap_or(0)
}

/// Wakes the flow, or looks at it, with something else each minute.
async fn disturbs(engine: &SimulatedEngine, id: &str) {
    for minute in 0..24 {
        // Refused once it has ended, or while the store is opened again.
        let _ = match minute % 4 {
            0 => engine.send(id, NOISE, 1).await,
            1 => engine.send(id, UNREAD, 1).await,
            2 => engine.send_once(id, NOISE, 1, "the same").await,
            _ => {
                let _ = tokio::join!(engine.describe(id), engine.start(id, plans_again()));
                Ok(())
            }
        };
        engine.sleep(Duration::from_mins(1)).await;
    }
}

fn attempts(sim: &Simulation) -> BTreeMap<String, u32> {
    let mut attempts = BTreeMap::new();
    for row in sim.ledger().rows() {
        *attempts.entry(row.idempotency_key.clone()).or_insert(0) += 1;
    }
    attempts
}

fn simulation(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<build>(|(part,)| part)
        .takes(Duration::from_hours(1));
    sim
}

#[test]
fn what_runs_is_not_begun_again_by_what_wakes_its_flow() {
    for seed in 0..30 {
        for again in [false, true] {
            let mut sim = simulation(seed);
            sim.run(async |engine| {
                if again {
                    engine.start("f", plans_again()).await.expect("it starts");
                } else {
                    engine.start("f", factory(40)).await.expect("it starts");
                }
                let asks = async {
                    engine.sleep(Duration::from_mins(3)).await;
                    let _ = engine.ask("f", ASKED, 2).await;
                };
                let asks = async {
                    if !again {
                        asks.await;
                    }
                };
                tokio::join!(disturbs(&engine, "f"), asks);
                let handle = engine.handle::<u32>("f").expect("an id");
                handle.result().await.expect("it ends");
                assert_eq!(engine.check().await.expect("it is read"), []);
            });
            let attempts = attempts(&sim);
            let calls = if again { 1 } else { 6 };
            assert_eq!(attempts.len(), calls, "seed {seed}: {attempts:?}");
            assert!(
                attempts.values().all(|made| *made == 1),
                "seed {seed}: {attempts:?}"
            );
        }
    }
}

/// The store fails while it runs: the engine goes on from what is stored, and the attempt
/// that still runs is not made a second time beside itself.
#[test]
fn what_runs_is_not_begun_again_by_a_store_that_was_opened_again() {
    for commit in 3..9 {
        for is_written in [true, false] {
            let mut sim = simulation(28);
            sim.with_store(move || failing(commit, is_written));
            sim.run(async |engine| {
                let handle = engine.start("f", plans_again()).await.expect("it starts");
                engine.sleep(Duration::from_secs(1)).await;
                disturbs(&engine, "f").await;
                handle.result().await.expect("it ends");
                assert_eq!(engine.check().await.expect("it is read"), []);
            });
            let attempts = attempts(&sim);
            let made: Vec<_> = attempts.values().collect();
            assert_eq!(made, [&1], "{commit}: {attempts:?}");
        }
    }
}

/// It runs until it is told that nobody waits for it.
#[action(name = "woken-guard", at_most_once)]
async fn guard(cx: ActionCx) -> Result<bool, ActionFailure> {
    cx.cancelled().await;
    Ok(true)
}

#[flow]
async fn guarded() -> bool {
    guard().await.is_ok()
}

/// An instance ends while its action runs, and the store says that this is not so: the
/// action was not told of what never came to be, and runs on, once; or the instance has
/// ended all the same, and it is told when that is seen.
#[test]
fn what_runs_is_not_begun_again_when_its_end_is_not_stored() {
    type Ends = fn(&SimulatedEngine) -> Pin<Box<dyn Future<Output = bool> + '_>>;
    let ends: [Ends; 3] = [
        |engine| Box::pin(async { engine.cancel("g", "enough").await.is_ok() }),
        |engine| Box::pin(async { engine.terminate("g", "enough").await.is_ok() }),
        |engine| Box::pin(async { engine.force_delete("g").await.is_ok() }),
    ];
    for ends in ends {
        for is_written in [true, false] {
            let mut sim = Simulation::new(28);
            sim.real::<guard>();
            // The first commit is the start.
            sim.with_store(move || failing(2, is_written));
            sim.run(async |engine| {
                engine.start("g", guarded()).await.expect("it starts");
                engine.sleep(Duration::from_mins(1)).await;
                assert!(!ends(&engine).await, "nobody knows whether it has ended");
                engine.sleep(Duration::from_mins(1)).await;
                let told = engine
                    .ledger()
                    .rows()
                    .iter()
                    .any(|row| row.outcome.is_some());
                assert_eq!(told, is_written, "it is told of what is stored");
                let runs = engine.health().running_actions;
                assert_eq!(runs, usize::from(!is_written));
                ends(&engine).await;
                engine.sleep(Duration::from_mins(1)).await;
                assert_eq!(engine.health().running_actions, 0);
                assert_eq!(engine.check().await.expect("it is read"), []);
            });
            let rows = sim.ledger().rows();
            assert!(
                matches!(rows, [row] if row.outcome.is_some()),
                "{}",
                sim.ledger()
            );
        }
    }
}

#[action(name = "woken-pay", at_most_once)]
async fn pay() -> Result<u32, ActionFailure> {
    unreachable!("it is faked")
}

#[flow]
async fn pays() -> bool {
    matches!(pay().await, Err(ActionFailure::Interrupted))
}

/// The process ends while it runs, and the store fails when the next one notes that.
#[test]
fn what_a_crash_cut_off_is_known_also_if_that_is_not_stored_at_once() {
    for is_written in [true, false] {
        let mut sim = Simulation::new(28);
        sim.fake::<pay>(|()| Ok(1)).takes(Duration::from_hours(1));
        // The first commit is the start.
        sim.with_store(move || failing(2, is_written));
        let interrupted = sim.run(async |engine| {
            engine.start("p", pays()).await.expect("it starts");
            engine.sleep(Duration::from_mins(1)).await;
            let engine = engine.crash().await;
            engine.sleep(Duration::from_mins(1)).await;
            let interrupted = engine.run("p", pays()).await.expect("it ends");
            let rows = journal(&engine, "p").await;
            let counts = rows.iter().filter(|row| row.contains("went on after"));
            assert_eq!(counts.count(), 1, "{rows:?}");
            interrupted
        });
        assert!(interrupted, "nobody knows what the first attempt did");
        assert_eq!(sim.ledger().rows().len(), 1, "{}", sim.ledger());
    }
}
