//! A trip by hand and in a simulation: how it can end, and that no crash leaves anything
//! booked that nobody travels with.

use std::collections::BTreeMap;

use flowstone::testing::Simulation;

use super::*;

/// What the desk has booked, by idempotency key: what was done, and with what.
#[derive(Debug, Clone, Default)]
struct Books(BTreeMap<String, String>);

impl Books {
    fn done(&self) -> Vec<&str> {
        let mut done: Vec<_> = self.0.values().map(String::as_str).collect();
        done.sort_unstable();
        done
    }
}

/// Which of the three is booked first, and so released last, is no matter.
impl PartialEq for Books {
    fn eq(&self, other: &Self) -> bool {
        self.done() == other.done()
    }
}

fn trip() -> Trip {
    Trip {
        number: 7,
        traveller: "Ann".to_owned(),
        to: "Lisbon".to_owned(),
        flight_cents: 300,
        hotel_cents: 200,
        car_cents: 100,
        card: "4000".to_owned(),
        visa_ms: 60_000,
        answer_ms: 3_600_000,
        wish: Wish::Wait,
    }
}

fn refused(reason: &str) -> ServiceError {
    let reason = reason.to_owned();
    ServiceError::Refused { reason }
}

/// A desk that books all but what begins like this, under the number of its cents.
fn desk(refuses: &'static str) -> Simulation {
    let mut sim = Simulation::new(7);
    sim.with_world(Books::default());
    sim.fake_in::<book, Books>(move |books, cx, (what, cents)| {
        if !refuses.is_empty() && what.starts_with(refuses) {
            return Err(refused("sold out"));
        }
        books
            .0
            .insert(cx.idempotency_key(), format!("book {cents}"));
        Ok(cents)
    })
    .takes(Duration::from_secs(2));
    sim.fake_in::<release, Books>(|books, cx, (booking, _)| {
        books
            .0
            .insert(cx.idempotency_key(), format!("release {booking}"));
        Ok(0)
    });
    sim.fake_in::<pay, Books>(move |books, cx, (_, cents)| {
        if refuses == "pay" {
            return Err(refused("no cover"));
        }
        books.0.insert(cx.idempotency_key(), format!("pay {cents}"));
        Ok(0)
    });
    sim.fake_in::<tell, Books>(|books, cx, (_, text)| {
        books.0.insert(cx.idempotency_key(), format!("tell {text}"));
        Ok(0)
    });
    sim.fake::<visa>(|_| Ok(true));
    // Longer than these trips take: how often it is asked is no matter.
    sim.fake::<storm>(|_| Ok(false))
        .takes(Duration::from_hours(9));
    sim
}

fn books(sim: &Simulation) -> Vec<&str> {
    sim.world::<Books>().done()
}

const ALL_RELEASED: [&str; 6] = [
    "book 100",
    "book 200",
    "book 300",
    "release 100",
    "release 200",
    "release 300",
];

#[test]
fn who_confirms_travels_through_every_crash() {
    let mut sim = desk("");
    sim.message(CONFIRMED, &());
    sim.crash_everywhere(|| travel(trip()));
    let done = [
        "book 100",
        "book 200",
        "book 300",
        "pay 600",
        "tell have a good journey",
    ];
    assert_eq!(books(&sim), done);
}

#[test]
fn what_is_refused_releases_the_rest_through_every_crash() {
    let mut sim = desk("hotel");
    sim.crash_everywhere(|| travel(trip()));
    let done = ["book 100", "book 300", "release 100", "release 300"];
    assert_eq!(books(&sim), done);

    let mut sim = desk("pay");
    sim.message(CONFIRMED, &());
    sim.crash_everywhere(|| travel(trip()));
    assert_eq!(books(&sim), ALL_RELEASED);
}

#[test]
fn a_storm_and_a_silent_traveller_release_all_through_every_crash() {
    let mut sim = desk("");
    sim.fake::<storm>(|_| Ok(true));
    sim.crash_everywhere(|| travel(trip()));
    assert_eq!(books(&sim), ALL_RELEASED);

    let mut sim = desk("");
    let silent = || Trip {
        answer_ms: 1_000,
        ..trip()
    };
    sim.crash_everywhere(|| travel(silent()));
    assert_eq!(books(&sim), ALL_RELEASED);
}

/// Starts the trip as its child, and cancels it after a while.
#[flow]
async fn agency(after: Duration) -> Result<Result<u64, NoTrip>, flow::JoinError> {
    let trip = travel(trip()).spawn();
    flow::sleep(after).await;
    trip.cancel("ill");
    trip.await
}

#[test]
fn a_cancelled_trip_is_told_of_and_released_through_every_crash() {
    let mut sim = desk("");
    let later = Duration::from_secs(12);
    sim.crash_everywhere(|| agency(later));
    assert_eq!(books(&sim), [&ALL_RELEASED[..], &["tell ill"]].concat());
    let end = sim.run(async |engine| engine.run("a", agency(later)).await.unwrap());
    assert_eq!(end, Ok(Err(NoTrip::Cancelled("ill".to_owned()))));
}

/// The bookings take two seconds: they are waited for, so that they can be released.
#[test]
fn a_trip_that_is_cancelled_while_it_is_booked_is_released_through_every_crash() {
    let mut sim = desk("");
    let second = Duration::from_secs(1);
    sim.crash_everywhere(|| agency(second));
    assert_eq!(books(&sim), ALL_RELEASED);
    let end = sim.run(async |engine| engine.run("a", agency(second)).await.unwrap());
    let reason = "ill".to_owned();
    assert_eq!(end, Err(flow::JoinError::Cancelled { reason }));
}

#[test]
fn a_traveller_looks_at_the_offer_twice_and_takes_it() {
    let mut sim = desk("");
    let cents = sim.run(async |engine| {
        let handle = engine.start("t", travel(trip())).await.unwrap();
        assert_eq!(handle.ask(OFFER, ()).await.unwrap(), 600);
        assert_eq!(handle.ask(OFFER, ()).await.unwrap(), 600);
        handle.send(CONFIRMED, ()).await.unwrap();
        handle.result().await.unwrap()
    });
    assert_eq!(cents, Ok(600));
}

#[test]
fn by_hand_a_consulate_that_is_silent_ends_it() {
    let mut machine = travel(trip()).machine();
    for _ in 0..3 {
        machine.resolve::<book>(Ok(1));
    }
    assert_eq!(machine.call::<visa>(), ("Lisbon".to_owned(),));
    assert_eq!(machine.to_undo::<release>(), [(1, 300), (1, 200), (1, 100)]);
    machine.fire_timer();
    for cents in [100, 200, 300] {
        assert_eq!(machine.call::<release>(), (1, cents));
        machine.resolve::<release>(Ok(2));
    }
    assert_eq!(machine.output(), Some(Err(NoTrip::NoAnswerOfTheConsulate)));
}
