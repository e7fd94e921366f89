//! The table at the end.

use flowstone_examples::service::Books;

use crate::flow::{NoTrip, Trip};

/// A trip that has ended, and how.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) trip: Trip,
    pub(crate) result: Result<u64, NoTrip>,
}

/// Prints how the trips ended, and what is booked; whether the sums agree.
pub(crate) fn print(ended: &[Ended], books: &Books) -> bool {
    println!("{:<4}{:<8}{:<12}", "", "who", "where to");
    for Ended { trip, result } in ended {
        let how = match result {
            Ok(cents) => format!("travels for {}", money(*cents)),
            Err(why) => why.to_string(),
        };
        let (number, who, to) = (trip.number, &trip.traveller, &trip.to);
        println!("{number:<4}{who:<8}{to:<12}{how}");
    }
    let (booked, released) = (books.cents("book"), books.cents("release"));
    let paid = books.cents("pay");
    println!(
        "booked {}, released {}, paid {}",
        money(booked),
        money(released),
        money(paid)
    );
    let sum: u64 = ended
        .iter()
        .filter_map(|one| one.result.as_ref().ok())
        .sum();
    let agree = booked == released + paid && paid == sum;
    let told = if agree {
        "the books agree"
    } else {
        "THE BOOKS DO NOT AGREE"
    };
    println!("{told}");
    agree
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
