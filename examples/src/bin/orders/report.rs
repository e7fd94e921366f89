//! The table at the end.

use std::collections::BTreeMap;

use flowstone_examples::service::Books;

use crate::flow::Outcome;

/// Prints how the orders ended, and what was booked; whether the sums agree.
pub(crate) fn print(outcomes: &[(u64, Outcome)], books: &Books) -> bool {
    let mut table = BTreeMap::<&Outcome, (usize, u64)>::new();
    for (cents, outcome) in outcomes {
        let row = table.entry(outcome).or_default();
        row.0 += 1;
        row.1 += cents;
    }
    println!("{:<16}{:>8}{:>14}", "", "orders", "sum");
    for (outcome, (orders, cents)) in &table {
        let name = match outcome {
            Outcome::Sent => "sent",
            Outcome::CardRefused => "card refused",
            Outcome::OutOfStock => "out of stock",
        };
        println!("{name:<16}{orders:>8}{:>14}", money(*cents));
    }
    let sent = table.get(&Outcome::Sent).map_or(0, |(_, cents)| *cents);
    let (charged, refunded) = (books.cents("charge"), books.cents("refund"));
    let (kept, gone) = (charged - refunded, books.cents("send"));
    println!("charged {}, given back {}", money(charged), money(refunded));
    println!("kept {}, sent goods for {}", money(kept), money(gone));
    let agree = kept == sent && gone == sent;
    println!(
        "{}",
        if agree {
            "the books agree"
        } else {
            "THE BOOKS DO NOT AGREE"
        }
    );
    agree
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
