//! Case 29: a timer and a message that are due at the same commit, in a race (vercel#3070,
//! cloudflare/workers-sdk#11740, duroxide 24a1225). The winner is stored; what the loser
//! would have taken can still be received; the winner is the same after a kill.

use std::cell::RefCell;
use std::collections::BTreeSet;

use flowstone::prelude::*;
use flowstone::record::Happening;
use flowstone::testing::{SimulatedEngine, Simulation};

const EVENT: Channel<u32> = Channel::new("due-event");
const GO: Channel<()> = Channel::new("due-go");

#[action(name = "due-work")]
async fn work(n: u32) -> u32 {
    unreachable!("{n}: it is faked")
}

/// What won, and the event, whoever received it: both are told, and that nothing is left.
#[flow]
async fn selects() -> (String, Option<u32>) {
    let (winner, taken) = flow::race! {
        done = work(7) => (format!("work {done}"), None),
        event = flow::receive(EVENT) => ("event".to_owned(), Some(event)),
        () = flow::sleep(Duration::from_secs(1)) => ("timer".to_owned(), None),
    };
    flow::put("winner", winner.clone());
    flow::receive(GO).await;
    let event = match taken {
        Some(event) => Some(event),
        None => flow::try_receive(EVENT).await,
    };
    let more = flow::try_receive(EVENT).await;
    assert_eq!(more, None, "it is received once");
    (winner, event)
}

/// The event is sent when the timer is due and the work is done; then the process ends.
async fn at_once(engine: SimulatedEngine, crashes: bool) -> String {
    let handle = engine.start("s", selects()).await.expect("it starts");
    engine.sleep(Duration::from_secs(1)).await;
    handle.send(EVENT, 5).await.expect("it is there");
    let won: String = handle.wait_for("winner").await.expect("one wins");
    let engine = if crashes {
        engine.crash().await
    } else {
        engine
    };
    assert_eq!(
        engine.check().await.expect("it is read"),
        [],
        "the losers are gone"
    );
    // Time enough for a loser that was left.
    engine.sleep(Duration::from_hours(1)).await;
    engine.send("s", GO, ()).await.expect("it waits");
    let (winner, event) = engine.run("s", selects()).await.expect("it ends");
    assert_eq!(winner, won, "the winner is the same");
    assert_eq!(event, Some(5), "{winner} did not eat the event");
    let rows = engine.journal("s").await.expect("it is there");
    let took = |row: &&flowstone::record::Entry| {
        let what = &row.what;
        matches!(what, Happening::Timer { .. }) || format!("{what}").contains("`due-work` brought")
    };
    assert!(rows.iter().filter(took).count() <= 1, "{rows:?}");
    assert_eq!(engine.check().await.expect("it is read"), []);
    winner
}

fn winners(crashes: bool) -> BTreeSet<String> {
    let won = RefCell::new(BTreeSet::new());
    let mut sim = Simulation::new(29);
    sim.fake::<work>(|(n,)| n).takes(Duration::from_secs(1));
    let orders = sim.every_order(10_000, async |engine| {
        let winner = at_once(engine, crashes).await;
        won.borrow_mut().insert(winner);
    });
    assert!(orders.is_complete, "{orders:?}");
    sim.each_seed(0..100, async |engine| {
        let winner = at_once(engine, crashes).await;
        won.borrow_mut().insert(winner);
    });
    won.into_inner()
}

#[test]
fn each_may_win_and_the_loser_eats_no_event() {
    let all = ["event", "timer", "work 7"].map(str::to_owned);
    assert_eq!(winners(false), BTreeSet::from(all));
}

#[test]
fn the_winner_is_the_same_after_a_kill() {
    let all = ["event", "timer", "work 7"].map(str::to_owned);
    assert_eq!(winners(true), BTreeSet::from(all));
}
