//! Running a flow again from a state in which an instance was.

use flowstone::client::RerunError;
use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{FaultyStore, Simulation};

use crate::support::{journal, sound};

#[action(name = "rerun-charge")]
async fn charge(cents: u64) -> u64 {
    cents
}

#[action(name = "rerun-ship", retry(never))]
async fn ship(cx: ActionCx, parcel: u64) -> Result<String, String> {
    if parcel == 1 && cx.instance().as_str() == "a" {
        return Err("lost".to_owned());
    }
    Ok(cx.idempotency_key())
}

#[action(name = "rerun-refund")]
async fn refund(receipt: u64) -> u64 {
    receipt
}

#[flow]
async fn sends(parcels: u64) -> Result<Vec<String>, String> {
    let receipt = charge(parcels * 10).await;
    flow::on_failure(refund(receipt));
    flow::put("receipt", receipt);
    let mut sent = Vec::new();
    for parcel in 0..parcels {
        flow::set_status(parcel);
        sent.push(ship(parcel).await?);
        flow::put("sent", parcel);
    }
    let before = flow::get::<u64>("sent").await;
    flow::remove("sent");
    sent.push(format!("{before:?}"));
    flow::sleep(Duration::from_hours(1)).await;
    Ok(sent)
}

/// A simulation whose engines record states.
fn recording() -> Simulation {
    let mut sim = Simulation::new(1);
    sim.with_engine(|builder| builder.keep_states(true));
    sim.real::<charge>();
    sim.real::<ship>();
    sim.real::<refund>();
    sim
}

#[test]
fn a_flow_goes_on_from_an_earlier_state_without_what_came_before() {
    let mut sim = recording();
    let (first, second) = sim.run(async |engine| {
        let handle = engine.start("a", sends(3)).await.unwrap();
        let first = handle.result().await.unwrap();
        let again = handle.rerun_from("ship", "b").await.unwrap();
        let second = again.result().await.unwrap();
        assert_eq!(again.get::<u64>("receipt").await.unwrap(), Some(30));
        let (_, status) = again.status::<u64>().await.unwrap().unwrap();
        assert_eq!(status, 2);
        assert_eq!(again.get::<u64>("sent").await.unwrap(), None);
        let told = journal(&engine, "b").await;
        assert_eq!(told[0], "run again from `ship` of `a`");
        sound(&engine).await;
        (first, second)
    });
    assert_eq!(first, Err("lost".to_owned()));
    // It was shipped again from the parcel that was lost, under keys of its own.
    let sent = ["a/1", "b/2", "b/3", "Some(2)"].map(str::to_owned);
    assert_eq!(second, Ok(sent.to_vec()));
    assert_eq!(sim.ledger().of::<charge>().len(), 1);
    assert_eq!(sim.ledger().of::<refund>().len(), 1, "of the first one");
}

#[test]
fn values_are_those_of_the_state_and_not_later_ones() {
    let mut sim = recording();
    sim.run(async |engine| {
        let handle = engine.start("c", sends(2)).await.unwrap();
        handle.result().await.unwrap().unwrap();
        assert_eq!(handle.get::<u64>("sent").await.unwrap(), None);
        let (_, status) = handle.status::<u64>().await.unwrap().unwrap();
        assert_eq!(status, 1);
        // It had not put any then.
        handle.rerun_from("charge", "d").await.unwrap();
        let early = engine.handle::<()>("d").unwrap();
        assert_eq!(early.get::<u64>("sent").await.unwrap(), None);
        assert_eq!(early.status::<u64>().await.unwrap(), None);
        let again = early.describe().await.unwrap();
        assert_eq!((again.parent, again.children), (None, 0));
    });
}

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Big(String);

/// It waits for several things at once, with a frame that is stored in pieces.
#[flow]
async fn waits(text: String) -> (usize, u64) {
    let big = Big(text.repeat(30_000));
    let ((), charged) = flow::join!(flow::sleep(Duration::from_hours(2)), charge(5));
    (big.0.len(), charged)
}

#[test]
fn all_that_it_waited_for_is_asked_for_again() {
    let mut sim = recording();
    let (early, late) = sim.run(async |engine| {
        let begun = engine.now();
        let handle = engine.start("e", waits("xy".to_owned())).await.unwrap();
        let early = handle.rerun_from("charge", "f").await.unwrap();
        assert_eq!(early.result().await.unwrap(), (60_000, 5));
        let early = engine.now().since(begun);
        // Its time has passed.
        let late = handle.rerun_from("sleep", "g").await.unwrap();
        assert_eq!(late.result().await.unwrap(), (60_000, 5));
        (early, engine.now().since(begun))
    });
    assert_eq!(early, Duration::from_hours(2), "the time is the same");
    assert_eq!(late, early);
    // The last state with a `sleep` is the one in which `charge` had ended.
    assert_eq!(sim.ledger().of::<charge>().len(), 2);
}

#[flow]
async fn has_a_child(cents: u64) -> u64 {
    let child = sends(0).spawn();
    let charged = charge(cents).await;
    let done = child.await.is_ok_and(|sent| sent.is_ok());
    charged + u64::from(done)
}

#[test]
fn what_cannot_be_run_again_is_refused_and_says_what_can() {
    recording().run(async |engine| {
        let handle = engine.start("h", has_a_child(1)).await.unwrap();
        handle.result().await.unwrap();
        let refused = async |label: &str, id: &str| {
            let refused = handle.rerun_from(label, id).await;
            refused.expect_err("it is refused").to_string()
        };
        let expected = "`h` waited at `child` for children of its own, or for an answer of \
                        the engine: from there it cannot be run again; there are `charge`";
        assert_eq!(refused("child", "i").await, expected);
        let expected = "no state `chrage` of `h` is recorded; there are `charge`";
        assert_eq!(refused("chrage", "i").await, expected);
        assert!(refused("charge", "h").await.contains("choose another id"));
        assert!(refused("charge", "").await.contains("id"));
        let unknown = engine.rerun_from("nobody", "charge", "i").await;
        assert!(matches!(unknown, Err(RerunError::Unknown { .. })));
        // The child is still that of the first one: the other learns that it has none.
        let again = handle.rerun_from("charge", "i").await.unwrap();
        assert_eq!(again.result().await.unwrap(), 1);
        sound(&engine).await;
    });
}

#[test]
fn without_recorded_states_there_is_nothing_to_run_again() {
    let mut sim = Simulation::new(1);
    sim.real::<charge>();
    sim.run(async |engine| {
        let handle = engine.start("w", waits("x".to_owned())).await.unwrap();
        handle.result().await.unwrap();
        let refused = handle.rerun_from("charge", "v").await.err().unwrap();
        assert!(refused.to_string().contains("keep_states"), "{refused}");
    });
}

#[tokio::test]
async fn a_store_that_fails_starts_it_again_once_or_not_at_all() {
    let mut in_use = 0;
    for commit in 1..12 {
        for after in [false, true] {
            let store = FaultyStore::new(MemoryStore::new());
            let store = if after {
                store.fails_after([commit])
            } else {
                store.fails_before([commit])
            };
            let builder = Engine::builder().store(store).keep_states(true);
            let engine = builder.open().await.unwrap();
            let first = loop {
                if let Ok(first) = engine.run("s", ships_once(7)).await {
                    break first;
                }
            };
            let handle = engine.handle::<String>("s").unwrap();
            let again = loop {
                match handle.rerun_from("ship", "t").await {
                    Ok(again) => break again,
                    Err(RerunError::InUse { .. }) => {
                        in_use += 1;
                        break engine.handle("t").unwrap();
                    }
                    Err(error) => assert!(error.is_retryable(), "{error}"),
                }
            };
            let again = again.result().await.unwrap();
            assert_eq!((first.as_str(), again.as_str()), ("s/1", "t/1"));
            sound(&engine).await;
        }
    }
    assert!(in_use > 0, "no answer was lost");
}

#[flow]
async fn ships_once(parcel: u64) -> String {
    let parcel = charge(parcel).await;
    ship(parcel).await.unwrap_or_default()
}
