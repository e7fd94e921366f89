//! Case 9: a result that is `()`, `None`, empty, or an `Err`, and was taken for none
//! (dbos-py#172: the step ran again; sdk-core 386477b7: it could not be parsed). Presence
//! is separate from value, for `Ok` and `Err`: of actions, of flows called and spawned, of
//! messages, and of what is put by key.

#![expect(clippy::option_option, reason = "it is what is tested")]

use std::collections::BTreeMap;

use flowstone::prelude::*;
use flowstone::testing::{LossyDisk, Simulation};
use serde_json::{Value, json};

const GO: Channel<()> = Channel::new("nothing-go");

/// An action that gives a value, and a flow that is given it in all ways.
macro_rules! kinds {
    ($($action:ident, $flow:ident, $tries:ident: $type:ty = $value:expr, $shown:expr;)*) => {
        $(
            #[action(retry(never))]
            async fn $action() -> $type {
                unreachable!("it is faked")
            }

            /// What it returns is the value, both when it is called and when it is spawned.
            #[flow]
            async fn $flow(is_child: bool) -> $type {
                const OWN: Channel<$type> = Channel::new(stringify!($flow));
                const VALUE: $type = $value;
                if is_child {
                    return VALUE;
                }
                let brought = $action().await;
                assert_eq!(brought, VALUE, "of an action");
                let raced = flow::race! {
                    value = $action() => Some(value),
                    () = flow::sleep(Duration::from_secs(1)) => None,
                };
                assert_eq!(raced, Some(VALUE), "of an action in a race");
                let called = $flow(true).await;
                assert_eq!(called, VALUE, "of a flow");
                let joined = $flow(true).spawn().await;
                assert_eq!(joined, Ok(VALUE), "of a child");
                let mine = flow::id();
                let sent = flow::send(mine, OWN, VALUE).await;
                assert_eq!(sent, Ok(()));
                let received = flow::try_receive(OWN).await;
                assert_eq!(received, Some(VALUE), "of a message");
                let more = flow::try_receive(OWN).await;
                assert_eq!(more, None, "it was received once");
                flow::put("kept", VALUE);
                flow::receive(GO).await;
                let kept = flow::get::<$type>("kept").await;
                assert_eq!(kept, Some(VALUE), "of a key");
                let missing = flow::get::<$type>("missing").await;
                assert_eq!(missing, None, "of no key");
                called
            }

            /// As a client sees it, with the process ending before and after the end.
            async fn $tries(mut engine: flowstone::testing::SimulatedEngine) -> Value {
                const VALUE: $type = $value;
                let flow = engine.start("f", $flow(false)).await.expect("it starts");
                engine.sleep(Duration::from_mins(1)).await;
                engine = engine.crash().await;
                assert_eq!(engine.describe("f").await.expect("it is there").result, None);
                let again = engine.start("f", $flow(false)).await.expect("it attaches");
                assert_eq!(again.get::<$type>("kept").await.expect("it is read"), Some(VALUE));
                assert_eq!(again.get::<$type>("missing").await.expect("it is read"), None);
                assert!(flow.result().await.is_err(), "that engine has ended");
                again.send(GO, ()).await.expect("it waits");
                assert_eq!(again.result().await.expect("it ends"), VALUE);
                engine = engine.crash().await;
                let result = engine.run("f", $flow(false)).await;
                assert_eq!(result.expect("it is kept"), VALUE);
                assert_eq!(engine.check().await.expect("it is read"), []);
                let shown = engine.describe("f").await.expect("it is there").result;
                shown.expect("it has ended")
            }
        )*

        fn simulation() -> Simulation {
            let mut sim = Simulation::new(9);
            $(sim.fake::<$action>(|()| $value);)*
            sim
        }

        #[test]
        fn a_value_that_is_nothing_is_a_value_also_after_a_crash() {
            let mut in_a_file = simulation();
            in_a_file.with_store(|| LossyDisk::new(9).store().expect("it opens"));
            for mut sim in [simulation(), in_a_file] {
                $(
                    let shown = sim.run($tries);
                    assert_eq!(shown, $shown, "{}", stringify!($flow));
                    assert_ran_once(&sim);
                )*
            }
        }

        #[test]
        fn no_crash_makes_nothing_of_a_value() {
            let mut sim = simulation();
            sim.message(GO, &());
            $(sim.crash_everywhere(|| $flow(false));)*
        }
    };
}

kinds! {
    unit, gives_unit, tries_unit: () = (), Value::Null;
    none, gives_none, tries_none: Option<u8> = None, Value::Null;
    some_none, gives_some_none, tries_some_none: Option<Option<u8>> = Some(None), json!({ "$some": null });
    some_unit, gives_some_unit, tries_some_unit: Option<()> = Some(()), json!({ "$some": null });
    no_text, gives_no_text, tries_no_text: String = String::new(), json!("");
    no_bytes, gives_no_bytes, tries_no_bytes: Vec<u8> = Vec::new(), json!([]);
    no_entries, gives_no_entries, tries_no_entries: BTreeMap<u8, u8> = BTreeMap::new(), json!({});
    ok_unit, gives_ok_unit, tries_ok_unit: Result<(), ()> = Ok(()), json!({ "Ok": null });
    err_unit, gives_err_unit, tries_err_unit: Result<(), ()> = Err(()), json!({ "Err": null });
    err_none, gives_err_none, tries_err_none: Result<u8, Option<u8>> = Err(None), json!({ "Err": null });
}

/// Each of its two calls was made once: what it brought was recorded, and found.
fn assert_ran_once(sim: &Simulation) {
    let mut attempts = BTreeMap::new();
    for row in sim.ledger().rows() {
        *attempts.entry(&row.idempotency_key).or_insert(0) += 1;
    }
    let most = attempts.values().max();
    assert_eq!((attempts.len(), most), (2, Some(&1)), "{}", sim.ledger());
}
