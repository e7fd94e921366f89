//! Beginning again: for ever, in constant storage, on the newest code; and crashed at every
//! commit.

use flowstone::client::LocalError;
use flowstone::prelude::*;
use flowstone::record::JournalSeq;
use flowstone::store::{MemoryStore, Store, StoreError};
use flowstone::testing::Simulation;
use flowstone::turn::Journal;
use serde_json::json;

use crate::support::{effects, engine, journal, sound};

const FOOD: Channel<u32> = Channel::new("restart-food");

#[action(name = "restart-eat")]
async fn eat(amount: u32) -> u32 {
    amount
}

#[action(name = "restart-spit")]
async fn spit(amount: u32) {
    let _ = amount;
}

/// A round takes one message, and does as much as it says.
#[flow]
async fn rounds(round: u32, eaten: u32) -> u32 {
    let food = flow::receive(FOOD).await;
    if food == 0 {
        return eaten;
    }
    let eaten = eaten + eat(food).await;
    flow::set_status((round, eaten));
    return flow::restart(rounds(round + 1, eaten)).await;
}

#[tokio::test]
async fn messages_children_values_and_the_id_are_kept() {
    let (engine, _folder) = engine().await;
    let start = [3, 4, 5]
        .iter()
        .fold(Start::new(), |start, food| start.message(FOOD, food));
    let rounds = engine.start_with("r", rounds(1, 0), start).await.unwrap();
    rounds.send(FOOD, 0).await.unwrap();
    assert_eq!(rounds.result().await.unwrap(), 12);
    assert_eq!(
        rounds.status::<(u32, u32)>().await.unwrap().unwrap().1,
        (3, 12)
    );
    let journal = journal(&engine, "r").await;
    let again = journal.iter().filter(|line| *line == "began again").count();
    assert_eq!(again, 3, "{journal:?}");
    // The first arguments are those by which it is known.
    assert_eq!(engine.run("r", self::rounds(1, 0)).await.unwrap(), 12);
    sound(&engine).await;
}

/// Begins again where no value is taken of it: nothing behind it runs.
#[flow]
async fn counted_up(from: u32) -> u32 {
    let eaten = flow::timeout(Duration::from_secs(9), eat(from)).await;
    if from < 3 {
        flow::restart(counted_up(from + 1)).label("again").await;
    }
    eaten.unwrap_or(from) + 10
}

#[tokio::test]
async fn a_statement_begins_again_too() {
    let (engine, _folder) = engine().await;
    assert_eq!(engine.run("c", counted_up(0)).await.unwrap(), 13);
    let labels: Vec<&str> = counted_up::shape()
        .states
        .iter()
        .map(|site| site.label)
        .collect();
    assert!(labels.contains(&"eat.timeout"), "{labels:?}");
    sound(&engine).await;
}

#[flow]
async fn fed(foods: Vec<u32>) -> Result<u32, flow::JoinError> {
    let child = rounds(1, 0).spawn();
    for food in foods {
        let _ = flow::send(child.id().clone(), FOOD, food).await;
    }
    child.await
}

#[test]
fn a_restart_comes_through_every_crash() {
    for seed in 0..2 {
        let mut sim = Simulation::new(seed);
        sim.fake::<eat>(|(amount,)| amount);
        let eaten = sim.run(async |engine| engine.run("f", fed(vec![3, 4, 0])).await.unwrap());
        assert_eq!(eaten, Ok(7));
        sim.crash_everywhere(|| fed(vec![3, 4, 0]));
        assert_eq!(effects(&sim).len(), 2);
    }
}

/// No `.await` but the one that begins again.
#[flow]
async fn spins(left: u32) -> u32 {
    if left > 0 {
        return flow::restart(spins(left - 1)).await;
    }
    flow::receive(FOOD).await
}

/// Rows of the journal, other rows, and bytes of the state.
fn rows(store: &MemoryStore) -> Result<(usize, usize, usize), StoreError> {
    let view = store.view()?;
    let keys = view.instances(None, 9)?;
    let [key] = &keys[..] else {
        panic!("one instance: {keys:?}");
    };
    let belongings = view.belongings(*key)?;
    let mut entries = 0;
    for seq in 0..store.counters()?.next_seq.0 {
        entries += usize::from(view.entry(JournalSeq(seq))?.is_some());
    }
    let loaded = view.load(*key)?;
    let others = belongings.messages.len() + belongings.chunks.len() + belongings.data.len();
    let hot_bytes = loaded.map_or(0, |(_, hot)| hot.encode().len());
    Ok((entries, others, hot_bytes))
}

#[tokio::test]
async fn two_thousand_rounds_take_the_room_of_one() {
    let store = MemoryStore::new();
    let builder = Engine::builder().store(store.clone());
    let engine = builder.journal(Journal::Last(5)).open().await.unwrap();
    let spins = engine.start("s", spins(2_000)).await.unwrap();
    let mut turns = 0;
    while engine.describe("s").await.unwrap().state.as_deref() != Some("receive") {
        let now = engine.describe("s").await.unwrap().turns.0;
        assert!(now >= turns);
        turns = now;
        tokio::task::yield_now().await;
    }
    assert!(engine.describe("s").await.unwrap().turns.0 > 2_000);
    let (entries, others, hot_bytes) = rows(&store).unwrap();
    assert!(entries <= 10, "{entries} rows of the journal");
    assert_eq!(others, 0);
    assert!((1..200).contains(&hot_bytes), "{hot_bytes}");
    spins.send(FOOD, 9).await.unwrap();
    assert_eq!(spins.result().await.unwrap(), 9);
    sound(&engine).await;
}

#[flow]
async fn draws(left: u32, mut drawn: Vec<u64>) -> Vec<u64> {
    drawn.push(flow::random());
    if left == 0 {
        return drawn;
    }
    let () = flow::sleep(Duration::from_millis(1)).await;
    flow::restart(draws(left - 1, drawn)).await
}

#[test]
fn no_round_draws_what_another_drew() {
    let mut sim = Simulation::new(1);
    let drawn = sim.run(async |engine| engine.run("d", draws(3, Vec::new())).await.unwrap());
    let mut different = drawn.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!((drawn.len(), different.len()), (4, 4));
}

#[flow(name = "restart-job", version = 1)]
async fn old_job(round: u32) -> u32 {
    let _ = flow::receive(FOOD).await;
    flow::restart(old_job(round + 1)).await
}

#[flow(name = "restart-job", version = 2)]
async fn job(round: u32) -> String {
    let food = flow::receive(FOOD).await;
    format!("round {round}: {food}")
}

#[tokio::test]
async fn it_goes_on_with_the_newest_version() {
    let (engine, _folder) = engine().await;
    engine.start("j", old_job(1)).await.unwrap();
    engine.send("j", FOOD, 1).await.unwrap();
    engine.send("j", FOOD, 2).await.unwrap();
    let job = engine.handle::<String>("j").unwrap();
    assert_eq!(job.result().await.unwrap(), "round 2: 2");
    let shown = job.describe().await.unwrap();
    assert_eq!(shown.version, 2);
    let journal = journal(&engine, "j").await;
    assert!(
        journal.contains(&"began again, on version 2".to_owned()),
        "{journal:?}"
    );
    sound(&engine).await;
}

#[flow]
async fn astray(round: u32) -> u32 {
    flow::restart(spins(round)).await
}

#[flow]
async fn grows(text: String) -> u32 {
    flow::restart(grows(text.repeat(10))).await
}

#[tokio::test]
async fn another_flow_and_arguments_that_are_too_large_park_it() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Engine::builder().path(folder.path().join("store.redb"));
    let engine = builder.max_value_bytes(500).open().await.unwrap();
    let flow = engine.start("a", astray(1)).await.unwrap();
    let Stopped::Parked(reason) = flow.finished_or_parked().await.unwrap() else {
        panic!("it must be parked");
    };
    let expected = "an instance of `astray` begins again (`flow::restart`) with a call of `astray`, not of `spins`";
    assert!(reason.to_string().starts_with(expected), "{reason}");
    let flow = engine.start("g", grows("x".to_owned())).await.unwrap();
    let Stopped::Parked(reason) = flow.finished_or_parked().await.unwrap() else {
        panic!("it must be parked");
    };
    let expected = "argument `text` of `grows` has 1003 bytes";
    assert!(reason.to_string().starts_with(expected), "{reason}");
    sound(&engine).await;
}

/// Undoes what it ate in all rounds, unless it keeps it; what it waits for besides is
/// given up.
#[flow]
async fn greedy(round: u32, keeps: bool) -> Result<(), String> {
    eat(round).await;
    flow::on_failure(spit(round));
    if round == 3 {
        return Err("too much".to_owned());
    }
    if keeps {
        flow::keep();
    }
    flow::race! {
        () = flow::sleep(Duration::from_hours(1)) => Ok(()),
        result = next(round, keeps) => result,
    }
}

/// A flow that another awaits begins the instance again.
#[flow]
async fn next(round: u32, keeps: bool) -> Result<(), String> {
    flow::restart(greedy(round + 1, keeps)).await
}

#[tokio::test]
async fn what_is_to_be_undone_stays_unless_it_is_kept() {
    let (engine, _folder) = engine().await;
    for (id, keeps, spat) in [("all", false, 3), ("last", true, 1)] {
        let end = engine.run(id, greedy(1, keeps)).await.unwrap();
        assert_eq!(end, Err("too much".to_owned()));
        let journal = journal(&engine, id).await;
        let undone = journal
            .iter()
            .filter(|line| line.contains("`restart-spit`"));
        assert_eq!(undone.count(), spat, "{journal:?}");
    }
    sound(&engine).await;
}

#[test]
fn an_undo_of_all_rounds_comes_through_every_crash() {
    let mut sim = Simulation::new(2);
    sim.fake::<eat>(|(amount,)| amount);
    sim.fake::<spit>(|(_,)| ());
    sim.crash_everywhere(|| greedy(1, false));
}

#[flow]
async fn for_ever(round: u64) -> u64 {
    flow::sleep(Duration::from_millis(1)).await;
    flow::restart(for_ever(round + 1)).await
}

#[tokio::test]
async fn one_that_begins_again_for_ever_is_cancelled() {
    let (engine, _folder) = engine().await;
    let flow = engine.start("e", for_ever(0)).await.unwrap();
    flow.cancel("enough").await.unwrap();
    let end = flow.result().await.unwrap_err();
    assert!(end.to_string().contains("enough"), "{end}");
    sound(&engine).await;
}

#[test]
fn a_machine_by_hand_begins_again() {
    let mut rounds = rounds(1, 0).machine();
    rounds.send(FOOD, &3);
    rounds.resolve::<eat>(3);
    assert_eq!(
        (rounds.label(), rounds.local::<u32>("eaten")),
        ("receive", 3)
    );
    assert_eq!(rounds.status::<(u32, u32)>(), Some((1, 3)));
    rounds.send(FOOD, &0);
    assert_eq!(rounds.output(), Some(3));
}

#[flow]
async fn outer(name: String) -> (String, u32) {
    let inner = inner(7).await;
    (name, inner)
}

#[flow]
async fn inner(depth: u32) -> u32 {
    let more = flow::receive(FOOD).await;
    depth + more
}

#[tokio::test]
async fn kept_locals_are_shown_by_name_also_of_flows_that_are_awaited() {
    let (engine, _folder) = engine().await;
    let flow = engine.start("o", outer("x".to_owned())).await.unwrap();
    assert_eq!(flow.local("name").await.unwrap(), json!("x"));
    assert_eq!(flow.local("depth").await.unwrap(), json!(7));
    let locals = flow.locals().await.unwrap();
    let shown: Vec<_> = locals.iter().map(|of| (&*of.state, &of.values)).collect();
    let (own, called) = (json!({ "name": "x" }), json!({ "depth": 7 }));
    assert_eq!(shown, [("inner", &own), ("receive", &called)]);
    let error = flow.local("more").await.unwrap_err();
    assert!(matches!(&error, LocalError::NotKept { kept, .. } if kept == &["depth", "name"]));
    flow.send(FOOD, 1).await.unwrap();
    assert_eq!(flow.result().await.unwrap(), ("x".to_owned(), 8));
    let error = flow.local("name").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`o` keeps no `name` where it stands, nor anything else"
    );
    assert_eq!(flow.locals().await.unwrap(), []);
    engine.delete("o").await.unwrap();
    assert!(matches!(flow.local("name").await, Err(LocalError::Look(_))));
    assert!(flow.locals().await.is_err());
}
