//! One test in many orders.

use std::cell::RefCell;
use std::collections::BTreeMap;

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::support::told;

const OFFER: Channel<u64> = Channel::new("order-offer");

#[action(name = "order-ask")]
async fn ask(n: u64) -> u64 {
    unreachable!("{n}: it is faked")
}

#[flow]
async fn order_all(n: u64) -> (u64, u64, u64) {
    flow::join!(ask(n), ask(n + 1), ask(n + 2))
}

#[flow]
async fn order_two(n: u64) -> (u64, u64) {
    flow::join!(ask(n), ask(n + 1))
}

#[flow]
async fn order_offers() -> u64 {
    let mut sum = 0;
    while sum < 100 {
        sum += flow::receive(OFFER).await;
    }
    sum
}

#[flow]
async fn order_any() -> String {
    flow::race! {
        n = ask(1) => format!("action {n}"),
        n = flow::receive(OFFER) => format!("message {n}"),
        () = flow::sleep(Duration::from_secs(1)) => "time".to_owned(),
    }
}

/// Wrong in one order of six: what comes last is not always the third.
#[flow]
async fn order_last() -> u64 {
    let ((), last) = flow::join!(
        async {
            let _ = flow::join!(ask(1), ask(2));
        },
        async { ask(3).await }
    );
    last
}

/// How often each result came.
fn results(sim: &mut Simulation) -> (BTreeMap<String, usize>, usize) {
    let found = RefCell::new(BTreeMap::new());
    let orders = sim.every_order(10_000, async |engine| {
        let handle = engine.start("any", order_any()).await.expect("it starts");
        // At the same time as the flow's own timer, and the end of its action.
        engine.sleep(Duration::from_secs(1)).await;
        let _ = handle.send(OFFER, 5).await;
        let result = handle.result().await.expect("it ends");
        *found.borrow_mut().entry(result).or_insert(0) += 1;
        assert_eq!(engine.check().await.expect("it is read"), []);
    });
    assert!(orders.is_complete, "{orders:?}");
    (found.into_inner(), orders.runs)
}

#[test]
fn a_race_of_an_action_a_message_and_a_timer_is_won_by_each() {
    let mut sim = Simulation::new(1);
    sim.fake::<ask>(|(n,)| n).takes(Duration::from_secs(1));
    let (found, runs) = results(&mut sim);
    let winners: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(winners, ["action 1", "message 5", "time"], "{found:?}");
    assert!(runs < 100, "{runs} {found:?}");
    assert_eq!(results(&mut sim), (found, runs), "the same again");
}

#[test]
fn every_order_of_a_join_is_tried_once() {
    let mut sim = Simulation::new(1);
    let tried = RefCell::new(BTreeMap::new());
    sim.fake::<ask>(|(n,)| n);
    let orders = sim.every_order(1_000, async |engine| {
        let result = engine.run("all", order_all(1)).await.expect("it ends");
        assert_eq!(result, (1, 2, 3));
        let journal = engine.journal("all").await.expect("it is read");
        let brought: Vec<String> = journal
            .iter()
            .map(|entry| format!("{:#}", entry.what))
            .collect();
        *tried.borrow_mut().entry(brought).or_insert(0) += 1;
    });
    assert!(orders.is_complete);
    let tried = tried.into_inner();
    assert_eq!(tried.len(), 6, "{tried:?}");
    assert_eq!(orders.runs, 6, "{tried:?}");
}

/// Where the cancel came: what had been brought before.
#[test]
fn a_cancel_comes_at_each_point_of_each_order() {
    let mut sim = Simulation::new(1);
    sim.fake::<ask>(|(n,)| n);
    let came = RefCell::new(BTreeMap::new());
    let orders = sim.every_order(1_000, async |engine| {
        let handle = engine.start("two", order_two(1)).await.expect("it starts");
        let cancelled = handle.cancel("enough").await;
        let ended = handle.result().await;
        assert_eq!(cancelled.is_err(), ended.is_ok(), "{ended:?}");
        let journal = engine.journal("two").await.expect("it is read");
        let rows = journal.iter().map(|entry| format!("{:#}", entry.what));
        let rows: Vec<String> = rows.collect();
        *came.borrow_mut().entry(rows).or_insert(0) += 1;
        assert_eq!(engine.check().await.expect("it is read"), []);
    });
    assert!(orders.is_complete, "{orders:?}");
    let came = came.into_inner();
    // Before both, behind one of the two, behind both in two orders.
    assert_eq!(came.len(), 5, "{came:#?}");
    let behind = |brought: usize| came.keys().filter(move |rows| rows.len() == 2 + brought);
    assert_eq!(
        [behind(0).count(), behind(1).count(), behind(2).count()],
        [1, 2, 2]
    );
}

/// A cancel and a message of two clients come in both orders; what one client sends, when
/// it was answered, does not.
#[test]
fn a_cancel_and_a_message_of_others_come_in_both_orders() {
    let mut sim = Simulation::new(1);
    let received = RefCell::new(Vec::new());
    let test = async |engine: SimulatedEngine, waits: bool| {
        let handle = engine.start("o", order_offers()).await.expect("it starts");
        let sent = handle.send(OFFER, 5);
        if waits {
            sent.await.expect("it lives");
            handle.cancel("enough").await.expect("it lives");
        } else {
            let _ = tokio::join!(sent, handle.cancel("enough"));
        }
        assert!(handle.result().await.is_err());
        let journal = engine.journal("o").await.expect("it is read");
        received.borrow_mut().push(journal.len());
    };
    sim.every_order(100, async |engine| test(engine, false).await);
    assert_eq!(received.take(), [3, 2]);
    sim.every_order(100, async |engine| test(engine, true).await);
    assert_eq!(received.take(), [3]);
}

#[test]
fn what_is_left_is_said() {
    let mut sim = Simulation::new(1);
    sim.fake::<ask>(|(n,)| n);
    let orders = sim.every_order(4, async |engine| {
        engine.run("all", order_all(1)).await.expect("it ends");
    });
    assert_eq!((orders.runs, orders.is_complete), (4, false));
}

#[test]
fn the_order_that_fails_is_found_and_can_be_repeated() {
    let mut sim = Simulation::new(1);
    sim.fake::<ask>(|(n,)| n);
    let wrong = async |engine: SimulatedEngine| {
        engine.run("last", order_last()).await.expect("it ends");
        let journal = engine.journal("last").await.expect("it is read");
        let last = journal.iter().rev().nth(1).expect("it has rows");
        assert!(last.to_string().contains("brought 3"), "{last}");
    };
    let text = told(|| sim.every_order(1_000, wrong));
    assert!(text.contains("brought"), "{text}");
    let again = told(|| sim.in_order(&[0, 1], wrong));
    assert_eq!(again, text);
    sim.in_order(&[0, 0], wrong);
}

#[test]
fn each_seed_is_tried_and_the_own_one_kept() {
    let mut sim = Simulation::new(77);
    sim.fake::<ask>(|(n,)| n);
    let runs = RefCell::new(0);
    sim.each_seed(0..10, async |engine| {
        *runs.borrow_mut() += 1;
        engine.run("all", order_all(1)).await.expect("it ends");
    });
    assert_eq!((runs.into_inner(), sim.seed()), (10, 77));
}
