//! What is drawn of flows: points and ways by their numbers.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes the snapshots"
)]

use expect_test::expect;

use super::{Stage, check};

#[test]
fn branches() {
    check(
        r"
        async fn order(cents: u64) -> Result<u64, E> {
            let receipt = charge(cents).await?;
            if cents > 100 && is_open() {
                ship(receipt).await;
            } else if let Some(note) = note(cents) {
                return Ok(note);
            }
            let kind = match kind(receipt) { Kind::A => a().await, Kind::B(n) if n > 3 => b(n).await, _ => 3 };
            Ok(kind)
        }
        ",
        Stage::Sketch,
        &expect![[r#"
            0: start
            1: end
            2: charge
            3: ship
            4: a
            5: b
            0 > 2 
            2 > 1 ?
            2 > 3 cents > 100 && is_open ()
            2 > 1 not cents > 100 && is_open (), let Some (note) = note (cents)
            3 > 4 Kind :: A
            2 > 4 not cents > 100 && is_open (), not let Some (note) = note (cents), Kind :: A
            3 > 5 Kind :: B (n) if n > 3
            2 > 5 not cents > 100 && is_open (), not let Some (note) = note (cents), Kind :: B (n) if n > 3
            4 > 1 
            5 > 1 
            3 > 1 _
            2 > 1 not cents > 100 && is_open (), not let Some (note) = note (cents), _
        "#]],
    );
}

#[test]
fn loops() {
    check(
        r"
        async fn run(items: Vec<u64>) -> u64 {
            let mut sum = 0;
            'all: for item in items {
                if item == 0 { continue; }
                while sum < price(item).await {
                    sum += more(sum).await;
                    if sum > 9 { break 'all; }
                }
            }
            let last = loop { if sum > 100 { break sum; } sum += more(sum).await; };
            let Some(last) = half(last) else { panic!() };
            last
        }
        ",
        Stage::Sketch,
        &expect![[r#"
            0: start
            1: end
            2: loop 4 for item in items
            3: loop 6 while sum < price (item) . await
            4: price
            5: more
            6: loop 11 loop
            7: more#2
            0 > 2 
            2 > 2 next item, item == 0
            2 > 3 next item, not item == 0
            3 > 4 
            4 > 5 sum < price (item) . await
            5 > 3 not sum > 9
            4 > 2 not sum < price (item) . await
            5 > 6 sum > 9
            2 > 6 no more
            6 > 7 not sum > 100
            7 > 6 
            6 > 1 sum > 100
        "#]],
    );
}

#[test]
fn forks() {
    check(
        r"
        async fn trip(n: u64) -> Result<u64, E> {
            let (a, b) = flow::join!(fly(n), async { let room = reserve(n).await?; pay(room).await });
            flow::race! {
                yes = flow::receive(CONFIRM) => Ok(yes),
                () = flow::sleep(LIMIT) => { drop_all().await; Err(E::Late) }
            }
        }
        ",
        Stage::Sketch,
        &expect![[r#"
            0: start
            1: end
            2: join
            3: operand 0
            4: reserve
            5: pay
            6: race
            7: operand 2
            8: operand 3
            9: drop_all
            0 > 2 
            2 | 3 operand 1
            3 > 2 
            2 | 4 operand 2
            4 > 2 ?
            4 > 5 
            5 > 2 
            2 > 6 
            6 | 7 operand 1
            7 > 6 
            6 | 8 operand 2
            8 > 6 
            6 > 9 flow :: sleep first
            6 > 1 flow :: receive first
            9 > 1 
        "#]],
    );
}

/// Ways that came from many places meet before the next.
#[test]
fn many_ways() {
    check(
        r"
        async fn many(n: u64) {
            if n > 1 { a().await; }
            if n > 2 { b().await; }
            if n > 3 { c().await; }
            if n > 4 { d().await; }
            if n > 5 { e().await; }
            if n > 6 { f().await; }
        }
        ",
        Stage::Sketch,
        &expect![[r#"
            0: start
            1: end
            2: a
            3: b
            4: c
            5: d
            6: meeting
            7: e
            8: meeting
            9: f
            0 > 2 n > 1
            2 > 3 n > 2
            0 > 3 not n > 1, n > 2
            3 > 4 n > 3
            2 > 4 not n > 2, n > 3
            0 > 4 not n > 1, not n > 2, n > 3
            4 > 5 n > 4
            3 > 5 not n > 3, n > 4
            2 > 5 not n > 2, not n > 3, n > 4
            0 > 5 not n > 1, not n > 2, not n > 3, n > 4
            5 > 6 n > 5
            4 > 6 not n > 4, n > 5
            3 > 6 not n > 3, not n > 4, n > 5
            2 > 6 not n > 2, not n > 3, not n > 4, n > 5
            0 > 6 not n > 1, not n > 2, not n > 3, not n > 4, n > 5
            6 > 7 
            7 > 8 n > 6
            5 > 8 not n > 5, n > 6
            4 > 8 not n > 4, not n > 5, n > 6
            3 > 8 not n > 3, not n > 4, not n > 5, n > 6
            2 > 8 not n > 2, not n > 3, not n > 4, not n > 5, n > 6
            0 > 8 not n > 1, not n > 2, not n > 3, not n > 4, not n > 5, n > 6
            8 > 9 
            9 > 1 
            7 > 1 not n > 6
            5 > 1 not n > 5, not n > 6
            4 > 1 not n > 4, not n > 5, not n > 6
            3 > 1 not n > 3, not n > 4, not n > 5, not n > 6
            2 > 1 not n > 2, not n > 3, not n > 4, not n > 5, not n > 6
            0 > 1 not n > 1, not n > 2, not n > 3, not n > 4, not n > 5, not n > 6
        "#]],
    );
}
