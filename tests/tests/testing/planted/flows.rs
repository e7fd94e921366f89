//! Faulty flows, each beside its correct twin.

use std::collections::BTreeSet;

use flowstone::prelude::*;
use flowstone::testing::{Simulation, check_segments};

use crate::support::{counted, told, unordered};

const APPROVAL: Channel<bool> = Channel::new("planted-approval");

#[action(name = "planted-count")]
async fn count() -> u64 {
    unreachable!("it is faked")
}

#[action(name = "planted-ship")]
async fn ship(item: &str) -> String {
    unreachable!("{item}: it is faked")
}

#[action(name = "planted-pay")]
async fn pay(cents: u64) -> Result<u64, ActionFailure> {
    unreachable!("{cents}: it is faked")
}

#[action(name = "planted-refund")]
async fn refund(cents: u64) {
    unreachable!("{cents}: it is faked")
}

#[action(name = "planted-ask")]
async fn ask(shop: u64) -> u64 {
    unreachable!("{shop}: it is faked")
}

/// Goods and money.
fn shop() -> Simulation {
    let mut sim = Simulation::new(1);
    sim.fake::<ship>(|(item,)| item);
    sim.fake::<pay>(|(cents,)| Ok(cents));
    sim.fake::<refund>(|_| ());
    sim.fake::<ask>(|(shop,)| 100 / shop);
    sim.fake::<count>(|()| 3);
    sim
}

#[flow]
async fn planted_counts() -> u64 {
    let one = ship("one").await.len() as u64;
    let number = counted();
    ship(if number.is_multiple_of(2) {
        "even"
    } else {
        "odd"
    })
    .await;
    number + one
}

#[flow]
async fn planted_asks_for_the_count() -> u64 {
    let one = ship("one").await.len() as u64;
    let number = count().await;
    ship(if number.is_multiple_of(2) {
        "even"
    } else {
        "odd"
    })
    .await;
    number + one
}

#[test]
fn a_segment_that_is_not_deterministic() {
    let text = told(|| shop().crash_everywhere(planted_counts));
    let words =
        "`planted_counts` does not survive that the process ends before commit 1\nit returned ";
    assert!(text.starts_with(words), "{text}");
    shop().crash_everywhere(planted_asks_for_the_count);
}

#[flow]
async fn planted_unordered(items: Vec<String>) -> Vec<String> {
    let items = unordered(items);
    ship(&items.join(" ")).await;
    items
}

#[flow]
async fn planted_ordered(items: Vec<String>) -> Vec<String> {
    let items: BTreeSet<String> = items.into_iter().collect();
    let items: Vec<String> = items.into_iter().collect();
    ship(&items.join(" ")).await;
    items
}

#[test]
fn an_order_that_is_none() {
    if cfg!(not(debug_assertions)) {
        return; // Segments are not checked there.
    }
    let items = || (0..20).map(|n| n.to_string()).collect::<Vec<_>>();
    let text = told(|| {
        let _segments = check_segments();
        let _ = shop().run(async |engine| engine.run("u", planted_unordered(items())).await);
    });
    let words = "the flow `planted_unordered` is not deterministic: ";
    assert!(text.contains(words), "{text}");
    let _segments = check_segments();
    let shipped = shop().run(async |engine| engine.run("o", planted_ordered(items())).await);
    assert_eq!(shipped.expect("it ends").len(), 20);
}

#[flow]
async fn planted_waits() -> bool {
    flow::receive(APPROVAL).await
}

#[flow]
async fn planted_waits_a_day() -> bool {
    flow::race! {
        approved = flow::receive(APPROVAL) => approved,
        () = flow::sleep(Duration::from_hours(24)) => false,
    }
}

#[test]
fn a_message_that_may_never_come() {
    let text = told(|| shop().run(async |engine| engine.run("w", planted_waits()).await));
    assert!(
        text.contains("waits for a message of `planted-approval`"),
        "{text}"
    );
    let approved = shop().run(async |engine| engine.run("w", planted_waits_a_day()).await);
    assert!(!approved.expect("it ends"));
}

#[flow]
async fn planted_polls() -> u64 {
    while ask(1).await > 50 {
        flow::sleep(Duration::from_hours(10 * 365 * 24)).await;
    }
    0
}

#[flow]
async fn planted_polls_ten_times() -> u64 {
    let mut rounds = 0;
    while rounds < 10 && ask(1).await > 50 {
        flow::sleep(Duration::from_hours(10 * 365 * 24)).await;
        rounds += 1;
    }
    rounds
}

#[test]
fn a_loop_without_an_end() {
    let text = told(|| shop().run(async |engine| engine.run("p", planted_polls()).await));
    assert!(text.contains("something repeats for ever"), "{text}");
    let rounds = shop().run(async |engine| engine.run("p", planted_polls_ten_times()).await);
    assert_eq!(rounds.expect("it ends"), 10);
}

#[flow]
async fn planted_first() -> u64 {
    flow::race! {
        price = ask(1) => price,
        price = ask(2) => price,
    }
}

#[flow]
async fn planted_cheapest() -> u64 {
    let (one, other) = flow::join!(ask(1), ask(2));
    one.min(other)
}

#[test]
fn the_first_taken_for_the_cheapest() {
    let text = told(|| {
        shop().every_order(100, async |engine| {
            assert_eq!(engine.run("f", planted_first()).await.expect("it ends"), 50);
        })
    });
    assert!(text.contains("left: 100"), "{text}");
    let orders = shop().every_order(100, async |engine| {
        let cheapest = engine.run("c", planted_cheapest()).await;
        assert_eq!(cheapest.expect("it ends"), 50);
    });
    assert!(orders.is_complete);
}

#[flow]
async fn planted_gives_up(cents: u64) -> bool {
    flow::race! {
        paid = pay(cents) => paid.is_ok(),
        () = flow::sleep(Duration::from_secs(1)) => false,
    }
}

#[flow]
async fn planted_pays_back(cents: u64) -> bool {
    let paid = flow::race! {
        paid = pay(cents) => paid.is_ok(),
        () = flow::sleep(Duration::from_secs(1)) => false,
    };
    if !paid {
        refund(cents).await;
    }
    paid
}

#[test]
fn an_attempt_given_up_that_did_its_work() {
    let mut sim = shop();
    sim.fake::<pay>(|(cents,)| Ok(cents))
        .takes(Duration::from_secs(1));
    let text = told(|| {
        sim.every_order(100, async |engine| {
            let paid = engine.run("g", planted_gives_up(5)).await.expect("it ends");
            let is_back = !engine.ledger().of::<refund>().is_empty();
            assert!(paid || is_back, "the money is gone");
        })
    });
    assert!(text.contains("the money is gone"), "{text}");
    sim.every_order(100, async |engine| {
        let paid = engine
            .run("g", planted_pays_back(5))
            .await
            .expect("it ends");
        let is_back = !engine.ledger().of::<refund>().is_empty();
        assert!(paid || is_back, "the money is gone");
    });
}

#[flow]
async fn planted_panics(items: Vec<String>) -> String {
    ship("cup").await;
    items.get(1).expect("there are two").clone()
}

#[flow]
async fn planted_looks(items: Vec<String>) -> Option<String> {
    ship("cup").await;
    items.get(1).cloned()
}

#[test]
fn a_panic_in_a_segment() {
    let text = told(|| shop().crash_everywhere(|| planted_panics(Vec::new())));
    let words = "the flow does not end even without a crash (seed 1): is parked: ";
    assert!(text.starts_with(words), "{text}");
    shop().crash_everywhere(|| planted_looks(Vec::new()));
}

#[flow]
async fn planted_keeps_the_money(cents: u64) -> bool {
    let paid = pay(cents).await.is_ok();
    ship("cup").await == "cup" && paid
}

#[flow]
async fn planted_returns_the_money(cents: u64) -> bool {
    let paid = pay(cents).await.is_ok();
    let is_shipped = ship("cup").await == "cup";
    if paid && !is_shipped {
        refund(cents).await;
    }
    is_shipped
}

#[test]
fn a_way_back_that_is_never_taken() {
    let mut sim = Simulation::new(1);
    sim.fake::<ship>(|_| "sold out".to_owned());
    sim.fake::<pay>(|(cents,)| Ok(cents));
    sim.fake::<refund>(|_| ());
    let _ = sim.run(async |engine| engine.run("k", planted_keeps_the_money(5)).await);
    let text = told(|| assert_eq!(sim.never_called(), [""; 0]));
    assert!(text.contains("planted-refund"), "{text}");
    let _ = sim.run(async |engine| engine.run("r", planted_returns_the_money(5)).await);
    assert_eq!(sim.never_called(), [""; 0]);
}
