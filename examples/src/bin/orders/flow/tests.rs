//! An order in a simulation: how it can end, and that no crash changes the books.

use std::collections::BTreeMap;

use flowstone::testing::Simulation;

use super::*;

/// What the bank and the warehouse have booked, by idempotency key: what, and cents.
type Books = BTreeMap<String, (&'static str, u64)>;

fn order() -> Order {
    Order {
        number: 7,
        sku: "mug".to_owned(),
        quantity: 2,
        cents: 900,
        card: "4242".to_owned(),
    }
}

fn refused() -> ServiceError {
    ServiceError::Refused {
        reason: "no".to_owned(),
    }
}

fn no_answer() -> ServiceError {
    ServiceError::NoAnswer {
        reason: "status 503".to_owned(),
    }
}

/// A bank that has money for the card, and a warehouse that has goods, or has not.
fn shop(has_money: bool, has_goods: bool) -> Simulation {
    let mut sim = Simulation::new(7);
    sim.with_world(Books::new());
    sim.fake_in::<charge, Books>(move |books, cx, (_, cents)| {
        if !has_money {
            return Err(refused());
        }
        books.insert(cx.idempotency_key(), ("charged", cents));
        Ok(1)
    });
    sim.fake_in::<send, Books>(move |books, cx, (_, _, cents)| {
        if !has_goods {
            return Err(refused());
        }
        books.insert(cx.idempotency_key(), ("sent", cents));
        Ok(2)
    });
    sim.fake_in::<refund, Books>(|books, cx, (_, cents)| {
        books.insert(cx.idempotency_key(), ("refunded", cents));
        Ok(3)
    });
    sim
}

fn booked(sim: &Simulation) -> Vec<(&'static str, u64)> {
    sim.world::<Books>().values().copied().collect()
}

/// How it ends, also when it is crashed at each point, and what is booked then.
fn ends(mut sim: Simulation) -> (Outcome, Vec<(&'static str, u64)>, Vec<&'static str>) {
    let report = sim.crash_everywhere(|| fulfil(order()));
    let unseen = report.never_reached.iter().map(|state| state.label);
    let unseen = unseen.collect();
    let outcome = sim.run(async |engine| engine.run("order", fulfil(order())).await.unwrap());
    (outcome.unwrap(), booked(&sim), unseen)
}

#[test]
fn it_is_charged_and_sent() {
    let (outcome, booked, unseen) = ends(shop(true, true));
    assert_eq!(outcome, Outcome::Sent);
    assert_eq!(booked, [("charged", 900), ("sent", 900)]);
    assert_eq!(unseen, ["refund"]);
}

#[test]
fn what_is_out_of_stock_is_given_back() {
    let (outcome, booked, unseen) = ends(shop(true, false));
    assert_eq!(outcome, Outcome::OutOfStock);
    assert_eq!(booked, [("charged", 900), ("refunded", 900)]);
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn a_card_that_is_refused_is_asked_once() {
    let mut sim = shop(false, true);
    let outcome = sim.run(async |engine| engine.run("order", fulfil(order())).await.unwrap());
    assert_eq!(outcome.unwrap(), Outcome::CardRefused);
    assert_eq!(sim.ledger().of::<charge>().len(), 1);
    assert_eq!(ends(sim).1, []);
}

#[test]
fn a_bank_without_an_answer_is_asked_again_with_the_same_key() {
    let mut sim = shop(true, true);
    sim.fake_in::<charge, Books>(|books, cx, (_, cents)| {
        books.insert(cx.idempotency_key(), ("charged", cents));
        if cx.attempt() < 4 {
            Err(no_answer())
        } else {
            Ok(1)
        }
    });
    let outcome = sim.run(async |engine| engine.run("order", fulfil(order())).await.unwrap());
    assert_eq!(outcome.unwrap(), Outcome::Sent);
    assert_eq!(sim.ledger().of::<charge>().len(), 4);
    assert_eq!(booked(&sim), [("charged", 900), ("sent", 900)]);
}
