//! One small flow through each stage.

#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes the snapshots"
)]

use expect_test::{expect, expect_file};

use super::{Stage, check};

const FLOW: &str = r"
    async fn checkout(order: Order) -> Result<Receipt, Error> {
        let receipt = charge(order.id, order.cents).await?;
        for item in &order.items {
            if item.digital { continue }
            ship(&item.sku, receipt.key).await?;
        }
        Ok(receipt)
    }
";

#[test]
fn plain_form() {
    check(
        FLOW,
        Stage::Plain,
        &expect![[r#"
            __flow_t3 = await[charge] charge (order . id , order . cents)
            let receipt = __flow_rt :: OfAwait (__flow_t3) . 0 ?
            scope
                let mut __flow_t6 = __flow_judged . cursor (& order . items) . sure ()
                loop #0
                    match #1 __flow_t6 . walk_next (& order . items)
                    | :: core :: option :: Option :: Some (item)
                        if item . digital { break '__flow_c0 }
                        __flow_t9 = await[ship] ship (& item . sku , receipt . key)
                        __flow_rt :: OfAwait (__flow_t9) . 0 ?
                    | :: core :: option :: Option :: None
                        break #0
            return __flow_types . known (Ok (receipt))
        "#]],
    );
}

#[test]
fn control_flow_graph() {
    check(
        FLOW,
        Stage::Graph,
        &expect![[r#"
            n19 wait uses order.cents order.id -> n18
            n18 resumed sets #1 -> n17
            n17 let uses #1 sets receipt receipt.key -> n16
            n16 let uses order.items sets for item -> n15
            n15 enter -> n3
            n14 match uses order.items for item -> n10 n13
            n13 arm -> n12
            n12 guard -> n11
            n11 jump jumps n2
            n10 arm sets item -> n9
            n9 guard -> n8
            n8 run uses item -> n7 jumps n3
            n7 wait uses item receipt.key -> n6
            n6 resumed sets #2 -> n5
            n5 run uses #2 -> n4
            n4 join -> n3
            n3 loop -> n14
            n2 join -> n1
            n1 return uses receipt -> n0
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
            0 start restores order -> after charge
            1 after charge restores order.items -> round of #0
            3 round of #0 takes receipt, order.items, for item -> after ship, round of #0, end of #0
            2 after ship carries receipt, order.items, for item -> round of #0
            4 end of #0 takes receipt
        "#]],
    );
}

#[test]
fn generated_code() {
    let expected = expect_file!["stages/checkout.rs"];
    expected.assert_eq(&super::run(FLOW, Stage::Resume));
}

#[test]
fn short_circuits_become_branches() {
    let flow = "async fn f(c: bool) -> i64 { if c && a().await && let Some(x) = b().await { x } else { 0 } }";
    check(
        flow,
        Stage::Plain,
        &expect![[r#"
            block #0
                if #3 c
                    __flow_t1 = await[a] a ()
                    if #2 __flow_rt :: OfAwait (__flow_t1) . 0
                        __flow_t2 = await[b] b ()
                        if #1 let Some (x) = __flow_rt :: OfAwait (__flow_t2) . 0
                            return __flow_types . known (x)
                            break #0
                return __flow_types . known ({ 0 })
        "#]],
    );
}

#[test]
fn operands_before_an_await_are_evaluated_before_it() {
    let flow = "async fn f(x: u8) -> u8 { g(x, h(), &k(), |y| y, m(x).await?, n()) }";
    check(
        flow,
        Stage::Plain,
        &expect![[r#"
            let mut __flow_t1 = h ()
            let mut __flow_t2 = k ()
            __flow_t3 = await[m] m (x)
            return __flow_types . known (g (x , __flow_t1 , & __flow_t2 , | y | y , __flow_rt :: OfAwait (__flow_t3) . 0 ? , n ()))
        "#]],
    );
}

#[test]
fn what_a_state_does_not_name_is_carried_as_bytes() {
    let flow =
        "async fn f(big: Big) -> u8 { let x = a().await; b(x).await; c().await; use_it(big) }";
    check(
        flow,
        Stage::Machine,
        &expect![[r"
        0 start carries big -> after a
        1 after a carries big -> after b
        2 after b carries big -> after c
        3 after c restores big
    "]],
    );
}

#[test]
fn a_hidden_local_is_reached_by_a_reference() {
    let flow = "async fn f(x: u8) -> u8 { let y = { let x = x + 1; a(x).await; x }; x + y }";
    check(
        flow,
        Stage::Machine,
        &expect![[r"
        0 start restores x -> after a
        1 after a restores x, x#2
    "]],
    );
}

#[test]
fn all_errors_of_a_flow_at_once() {
    let flow = "fn f(&self, x: &str) -> impl Sized { let c = || a().await; async { b().await }; json!(c().await) }";
    check(
        flow,
        Stage::Errors,
        &expect![[r#"
            "a flow is an `async fn`: its `.await`s are the points at which it is stored\n\nhelp: write `async fn`; a function that touches the world is an `#[action]`"
            "`#[flow]` cannot see the `impl` around this method, and so not what `self` and `Self` are\n\nhelp: write `#[flow]` above the `impl` too"
            "a flow cannot borrow its arguments: it outlives its caller, and the process\n\nhelp: take an owned value, such as `String` for `&str` or `Vec<T>` for `&[T]`"
            "a flow cannot return `impl Trait`: its result is stored, so its type must be known\n\nhelp: name the type"
            "a closure in a flow cannot await: the flow could not be stored in the middle of whoever calls it\n\nhelp: write a loop that awaits, or await before the closure is made"
            "an `async` block in a flow can await only where it is an operand: elsewhere it would be stored by nobody\n\nhelp: write it in `flow::join!(..)` or `flow::race! { .. }`, await its operations one by one, or make it a `#[flow]` of its own and await that"
            "an await in this macro cannot be found by the compiler of flows: it does not know what the macro makes of it\n\nhelp: await before: `let value = ...await;`, then give `value` to the macro"
        "#]],
    );
}
