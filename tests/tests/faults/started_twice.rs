//! Case 20: an id that is started twice: by the same call, by another flow or with other
//! arguments, once more because the answer was lost, and after the end (dbos-ts#725,
//! temporal#11968). The same request finds the same instance, another is told how it
//! differs, and the first goes on unharmed.

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::{failing, journal};

const GO: Channel<u64> = Channel::new("twice-go");

#[action(name = "twice-charge")]
async fn charge(cents: u64) -> u64 {
    unreachable!("{cents}: it is faked")
}

#[flow]
async fn order(cents: u64) -> u64 {
    let receipt = charge(cents).await;
    receipt + flow::receive(GO).await
}

#[flow]
async fn another_order(cents: u64) -> u64 {
    charge(cents).await
}

fn simulation(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<charge>(|(cents,)| cents);
    sim
}

/// Starts that are no repetition of the first are told so.
async fn refuses_others(engine: &SimulatedEngine) {
    let error = engine.start("o", another_order(100)).await;
    let error = error.expect_err("it is another");
    assert!(matches!(error, StartError::OtherFlow { .. }), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("`o` is an instance of order, not of another_order"),
        "{text}"
    );
    let error = engine.start("o", order(200)).await;
    let error = error.expect_err("it is another");
    assert!(matches!(error, StartError::OtherArgument { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains("another `cents`: 100, not 200"), "{text}");
}

/// All of the life of one instance, with a start that is repeated at each point of it.
async fn repeats(mut engine: SimulatedEngine, crashes: bool) {
    let call = || engine.start("o", order(100));
    let (first, second, third) = tokio::join!(call(), call(), call());
    let (first, second) = (first.expect("it starts"), second.expect("it attaches"));
    assert_eq!(first.id(), third.expect("it attaches").id());
    refuses_others(&engine).await;
    engine.sleep(Duration::from_mins(1)).await;
    if crashes {
        engine = engine.crash().await;
        refuses_others(&engine).await;
    }
    let again = engine.start("o", order(100)).await.expect("it attaches");
    again.send(GO, 5).await.expect("it waits");
    assert_eq!(again.result().await.expect("it ends"), 105);
    if crashes {
        engine = engine.crash().await;
    } else {
        assert_eq!(second.result().await.expect("it has ended"), 105);
    }
    refuses_others(&engine).await;
    assert_eq!(engine.run("o", order(100)).await.expect("it is kept"), 105);
    let rows = journal(&engine, "o").await;
    let starts = rows.iter().filter(|row| *row == "started").count();
    assert_eq!(starts, 1, "{rows:?}");
    assert_eq!(engine.check().await.expect("it is read"), []);
}

#[test]
fn the_same_start_attaches_and_another_is_refused_and_harms_nobody() {
    for crashes in [false, true] {
        for seed in 0..20 {
            let mut sim = simulation(seed);
            sim.run(async |engine| repeats(engine, crashes).await);
            let calls = sim.ledger().of::<charge>();
            assert_eq!(calls, [(100,)], "seed {seed}: its body ran once");
        }
    }
}

/// The store fails at one commit after the other, and says of some that they are lost that
/// are not. Whoever was not answered asks again, and asks for what it asked for.
#[test]
fn a_start_whose_answer_was_lost_is_repeated_and_runs_once() {
    for commit in 1..=6 {
        for is_written in [true, false] {
            let mut sim = simulation(20);
            sim.with_store(move || failing(commit, is_written));
            let lost = sim.run(lost_answers);
            assert_eq!(lost, commit == 1, "the first commit is the start");
            assert_eq!(sim.ledger().of::<charge>(), [(100,)], "commit {commit}");
        }
    }
}

/// Whether it was not answered.
async fn lost_answers(engine: SimulatedEngine) -> bool {
    let first = engine.start("o", order(100)).await;
    let lost = first.is_err();
    if let Err(error) = first {
        assert!(error.is_retryable(), "{error}");
        engine.sleep(Duration::from_secs(1)).await;
    }
    let again = engine.start("o", order(100)).await.expect("it attaches");
    engine.sleep(Duration::from_mins(1)).await;
    refuses_others(&engine).await;
    while again
        .send(GO, 5)
        .await
        .is_err_and(|error| error.is_retryable())
    {
        engine.sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(again.result().await.expect("it ends"), 105);
    assert_eq!(engine.run("o", order(100)).await.expect("it is kept"), 105);
    assert_eq!(engine.check().await.expect("it is read"), []);
    lost
}
