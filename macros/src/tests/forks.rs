//! Several operations at once, through each stage.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes the snapshots"
)]

use expect_test::{expect, expect_file};

use super::{Stage, check};

const FLOW: &str = r"
    async fn book(trip: Trip) -> Result<Booking, Error> {
        let mut log = Vec::new();
        let (flight, hotel) = flow::join!(fly(trip.to), async {
            let room = reserve(trip.to).await?;
            log.push(room);
            pay(trip.card, room).await
        });
        flow::race! {
            yes = flow::receive(CONFIRM) => Ok(done(flight?, hotel?, log, yes)),
            () = flow::sleep(trip.limit) => { drop_all(log).await; Err(Error::Late) }
        }
    }
";

#[test]
fn plain_form() {
    check(
        FLOW,
        Stage::Plain,
        &expect![[r#"
            let mut log = Vec :: new ()
            __flow_t7 = fork[join]
            | [fly] fly (trip . to)
            | [async]
                __flow_t3 = await[reserve] reserve (trip . to)
                let room = __flow_rt :: OfAwait (__flow_t3) . 0 ?
                log . push (room)
                __flow_t6 = await[pay] pay (trip . card , room)
                return __flow_rt :: OfAwait (__flow_t6) . 0
            let (flight , hotel) = __flow_t7
            scope
                __flow_t11 = fork[race]
                | [receive] flow :: receive (CONFIRM)
                | [sleep] flow :: sleep (trip . limit)
                match #0 __flow_t11
                | __flow_rt :: Won :: This (__flow_won)
                    let yes = __flow_won
                    return __flow_types . known (Ok (done (flight ? , hotel ? , __flow_types . known (log) , yes)))
                | __flow_rt :: Won :: Other (__flow_won)
                    let () = __flow_won
                    __flow_t15 = await[drop_all] drop_all (__flow_types . known (log))
                    __flow_rt :: OfAwait (__flow_t15) . 0
                    return __flow_types . known (Err (Error :: Late))
        "#]],
    );
}

#[test]
fn control_flow_graph() {
    let flow = "async fn f(a: A) -> B { flow::join!(g(a.x), async { h(a.y).await + 1 }).1 }";
    check(
        flow,
        Stage::Graph,
        &expect![[r#"
            n7 fork uses a.x -> n6
            n6 begun -> n2 n5
            n5 wait uses a.y -> n4
            n4 resumed sets #1 -> n3
            n3 return uses #1 -> n0
            n2 resumed sets #2 -> n1
            n1 return uses #2 -> n0
            n0 end
        "#]],
    );
}

#[test]
fn machine() {
    check(
        FLOW,
        Stage::Machine,
        &expect![[r#"
        0 start restores trip -> after join, block 0
        1 after join restores trip.limit carries log passes log, trip.card -> after race
        6 in block 0, block 0 restores trip.to carries trip.card -> after reserve
        2 in block 0, after reserve restores trip.card -> after pay
        3 in block 0, after pay
        4 after race restores log, flight, hotel -> after drop_all
        5 after drop_all
    "#]],
    );
}

#[test]
fn generated_code() {
    let expected = expect_file!["stages/book.rs"];
    expected.assert_eq(&super::run(FLOW, Stage::Resume));
}

#[test]
fn what_is_refused() {
    let flow = r"
        async fn f(n: u64) -> u64 {
            loop {
                flow::join!(a(b().await), async { if c().await { break } }, async { 'x: loop { break 'x } });
                flow::race! { a() };
                let later = async { d().await };
            }
        }
    ";
    check(
        flow,
        Stage::Errors,
        &expect![[r#"
            "an operand cannot await: what it waits for would come before all others\n\nhelp: wait for it at the same time, in an `async { .. }` block, or before, in a `let`"
            "a block that is an operand cannot leave what is around it: others wait beside it\n\nhelp: let the block return a value, and decide by that behind the `join!` or in the `race!`"
            "this cannot be read: expected `=`\n\nhelp: write `flow::join!(a(), b())`, or `flow::race! { x = a() => f(x), y = b() => g(y) }`; operands are calls of actions or flows, timers, messages and `async` blocks"
            "an `async` block in a flow can await only where it is an operand: elsewhere it would be stored by nobody\n\nhelp: write it in `flow::join!(..)` or `flow::race! { .. }`, await its operations one by one, or make it a `#[flow]` of its own and await that"
        "#]],
    );
}
