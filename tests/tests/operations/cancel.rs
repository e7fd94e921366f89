//! Cancel and terminate: where a flow ends, what it shields, and what it is told.

use crate::support::{effects, engine, gate, journal, sound};
use flowstone::client::CancelError;
use flowstone::prelude::*;
use flowstone::testing::Simulation;

#[action(name = "cancel-clean")]
async fn clean(what: &str) -> String {
    format!("{what} is clean")
}

#[flow]
async fn sleeper() {
    flow::sleep(Duration::from_hours(24 * 365)).await;
}

#[tokio::test]
async fn a_cancelled_flow_ends_where_it_stands_and_says_why() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("a", sleeper()).await.unwrap();
    handle.cancel("not needed").await.unwrap();
    handle.cancel("again").await.unwrap();
    let error = handle.result().await.unwrap_err();
    assert_eq!(error.to_string(), "`a` was cancelled: not needed");
    let stopped = handle.finished_or_parked().await.unwrap();
    let reason = "not needed".to_owned();
    assert_eq!(stopped, Stopped::Cancelled { reason });
    let description = handle.describe().await.unwrap();
    assert_eq!(description.status, Status::Cancelled);
    assert_eq!(description.ended.as_deref(), Some("not needed"));
    assert!(
        description.to_string().contains("cancelled 2"),
        "{description}"
    );
    assert_eq!(
        journal(&engine, "a").await,
        ["started", "cancelled: not needed"]
    );
    sound(&engine).await;
}

#[tokio::test]
async fn what_has_ended_cannot_be_cancelled_and_what_never_was_neither() {
    let (engine, _folder) = engine().await;
    engine.run("a", tidy()).await.unwrap();
    let ended = engine.cancel("a", "late").await.unwrap_err();
    assert!(matches!(ended, CancelError::Ended { .. }), "{ended}");
    let ended = engine.terminate("a", "late").await.unwrap_err();
    assert!(matches!(ended, CancelError::Ended { .. }), "{ended}");
    let unknown = engine.cancel("b", "early").await.unwrap_err();
    assert!(matches!(unknown, CancelError::Unknown { .. }), "{unknown}");
    let invalid = engine.cancel("", "empty").await.unwrap_err();
    assert!(matches!(invalid, CancelError::InvalidId(_)), "{invalid}");
}

#[flow]
async fn tidy() -> String {
    clean("desk").await
}

#[action(name = "cancel-slow")]
async fn slow(cx: ActionCx) -> bool {
    let gate = gate();
    gate.0.add_permits(1);
    cx.cancelled().await;
    gate.1.add_permits(1);
    true
}

#[flow]
async fn runs_slow() -> bool {
    slow().await
}

#[tokio::test]
async fn an_action_that_runs_is_told() {
    let (engine, _folder) = engine().await;
    let gate = gate();
    let handle = engine.start("a", runs_slow()).await.unwrap();
    let _began = gate.0.acquire().await.unwrap();
    handle.cancel("enough").await.unwrap();
    let _told = gate.1.acquire().await.unwrap();
    assert!(handle.result().await.is_err());
    sound(&engine).await;
}

/// Told, it cleans up: two steps in a flow of its own are shielded, what comes behind
/// is not reached.
#[flow]
async fn guest(room: String) -> Vec<String> {
    let reason = flow::race! {
        () = flow::sleep(Duration::from_hours(24)) => "the day is over".to_owned(),
        reason = flow::cancelled() => reason,
    };
    let mut done = flow::shield(clean_up(room)).await;
    done.push(reason);
    if done.len() > 5 {
        clean("never").await;
    }
    done
}

#[flow]
async fn clean_up(room: String) -> Vec<String> {
    let first = clean(&room).await;
    flow::sleep(Duration::from_mins(5)).await;
    let second = clean("bath").await;
    vec![first, second]
}

#[flow]
async fn host(ends: bool) -> Result<Vec<String>, flow::JoinError> {
    let guest = guest("room".to_owned()).spawn();
    flow::sleep(Duration::from_mins(1)).await;
    if ends {
        guest.cancel("fire");
    }
    guest.await
}

#[test]
fn a_flow_that_listens_is_told_and_cleans_up() {
    for ends in [true, false] {
        let mut sim = Simulation::new(5);
        sim.fake::<clean>(|(what,)| format!("{what} is clean"));
        let why = if ends { "fire" } else { "the day is over" };
        let done = sim.run(async |engine| engine.run("h", host(ends)).await.unwrap());
        assert_eq!(done.unwrap(), ["room is clean", "bath is clean", why]);
        sim.crash_everywhere(|| host(ends));
        assert_eq!(effects(&sim).len(), 2);
    }
}

/// Told, it awaits something that is not shielded: it ends there.
#[flow]
async fn careless() -> String {
    flow::race! {
        () = flow::sleep(Duration::from_hours(24)) => {}
        _ = flow::cancelled() => {}
    }
    flow::shield(clean("first")).await;
    clean("second").await
}

#[flow]
async fn ends_careless() -> String {
    let child = careless().spawn();
    flow::sleep(Duration::from_mins(1)).await;
    child.cancel("stop");
    format!("{:?}", child.await)
}

#[test]
fn what_is_not_shielded_ends_a_flow_that_was_told() {
    let mut sim = Simulation::new(5);
    sim.fake::<clean>(|(what,)| format!("{what} is clean"));
    let end = sim.run(async |engine| engine.run("h", ends_careless()).await.unwrap());
    assert_eq!(end, "Err(it was cancelled: stop)");
    assert_eq!(sim.ledger().of::<clean>(), [("first".to_owned(),)]);
    sim.crash_everywhere(ends_careless);
}

/// A shielded operand keeps the others from being cut off.
#[flow]
async fn half_shielded() -> (String, String) {
    flow::join!(flow::shield(clean("one")), async {
        let first = clean("two").await;
        flow::sleep(Duration::from_hours(2)).await;
        first
    })
}

#[test]
fn a_cancel_waits_for_what_is_shielded_and_no_longer() {
    let mut sim = Simulation::new(5);
    sim.fake::<clean>(|(what,)| what)
        .takes(Duration::from_mins(10));
    sim.run(async |engine| {
        let handle = engine.start("h", half_shielded()).await.unwrap();
        handle.cancel("stop").await.unwrap();
        let description = handle.describe().await.unwrap();
        assert_eq!(description.status, Status::Running);
        assert_eq!(description.cancel.unwrap().1, "stop");
        assert!(handle.result().await.is_err());
        let ended = handle.describe().await.unwrap().finished_at.unwrap();
        let began = handle.describe().await.unwrap().created_at;
        assert_eq!(ended - began, Duration::from_mins(10));
        assert_eq!(engine.check().await.unwrap(), []);
    });
}

#[flow]
async fn shielded_for_ever() {
    flow::shield(sleeper()).await;
}

#[tokio::test]
async fn a_terminated_flow_ends_at_once() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("a", shielded_for_ever()).await.unwrap();
    handle.cancel("please").await.unwrap();
    assert_eq!(handle.describe().await.unwrap().status, Status::Waiting);
    engine.terminate("a", "now").await.unwrap();
    engine.terminate("a", "again").await.unwrap();
    let error = handle.result().await.unwrap_err();
    assert_eq!(error.to_string(), "`a` was terminated: now");
    assert_eq!(handle.describe().await.unwrap().status, Status::Terminated);
    assert_eq!(
        journal(&engine, "a").await,
        ["started", "cancelled: please", "terminated: now"]
    );
    sound(&engine).await;
}

#[flow]
async fn panics() {
    flow::sleep(Duration::from_millis(1)).await;
    panic!("on purpose");
}

#[tokio::test]
async fn a_parked_flow_is_cancelled_at_its_step() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("a", panics()).await.unwrap();
    assert!(matches!(
        handle.finished_or_parked().await.unwrap(),
        Stopped::Parked(_)
    ));
    handle.cancel("broken anyway").await.unwrap();
    let error = handle.result().await.unwrap_err();
    assert_eq!(error.to_string(), "`a` was cancelled: broken anyway");
    sound(&engine).await;
}

/// It is cancelled while something shielded runs, and listens only behind that.
#[flow]
async fn listens_later() -> String {
    flow::shield(clean("first")).await;
    flow::race! {
        () = flow::sleep(Duration::from_hours(24)) => "slept".to_owned(),
        reason = flow::cancelled() => format!("told: {reason}"),
    }
}

#[test]
fn a_cancel_that_came_before_is_told_where_the_flow_listens() {
    let mut sim = Simulation::new(5);
    sim.fake::<clean>(|(what,)| what)
        .takes(Duration::from_mins(10));
    sim.run(async |engine| {
        let handle = engine.start("h", listens_later()).await.unwrap();
        handle.cancel("early").await.unwrap();
        assert_eq!(handle.result().await.unwrap(), "told: early");
    });
}
