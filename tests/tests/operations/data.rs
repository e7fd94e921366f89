//! Values that a flow keeps by key: in real engines, and crashed at every commit.

use flowstone::client::DataError;
use flowstone::prelude::*;
use flowstone::testing::Simulation;

use crate::support::{effects, engine, sound};

const GO: Channel<u32> = Channel::new("data-go");

#[action(name = "data-price")]
async fn price(item: &str) -> u64 {
    u64::try_from(item.len()).unwrap_or(0)
}

/// Puts, reads back in the same step and in a later one, and removes.
#[flow]
async fn cart(items: Vec<String>) -> (u64, Option<u64>, Option<String>) {
    flow::put("count", items.len());
    assert_eq!(flow::get::<usize>("count").await, Some(items.len()));
    for item in &items {
        let cents = price(item).await;
        let before = flow::get::<u64>("total").await.unwrap_or(0);
        flow::put("total", before + cents);
        flow::put(format!("item/{item}"), cents);
    }
    flow::put("note", "soon gone".to_owned());
    flow::remove("note");
    flow::remove("never there");
    let note = flow::get::<String>("note").await;
    let total = flow::get::<u64>("total").await.unwrap_or(0);
    flow::remove("count");
    (total, flow::get("item/pen").await, note)
}

fn items() -> Vec<String> {
    ["pen", "paper", "pen"].map(str::to_owned).to_vec()
}

#[tokio::test]
async fn values_are_read_in_the_flow_and_outside_also_after_the_end() {
    let (engine, _folder) = engine().await;
    let cart = engine.start("c", cart(items())).await.unwrap();
    assert_eq!(cart.result().await.unwrap(), (11, Some(3), None));
    assert_eq!(cart.get::<u64>("total").await.unwrap(), Some(11));
    assert_eq!(cart.get::<u64>("item/paper").await.unwrap(), Some(5));
    assert_eq!(cart.get::<u64>("count").await.unwrap(), None);
    assert_eq!(cart.wait_for::<u64>("total").await.unwrap(), 11);
    let ended = cart.wait_for::<u64>("count").await.unwrap_err();
    assert!(matches!(ended, DataError::Ended { .. }), "{ended}");
    assert_eq!(
        ended.to_string(),
        "`c` has ended without a value of `count`"
    );
    sound(&engine).await;
    engine.delete("c").await.unwrap();
    let unknown = cart.get::<u64>("total").await.unwrap_err();
    assert!(matches!(unknown, DataError::Unknown { .. }), "{unknown}");
    sound(&engine).await;
}

#[test]
fn values_come_through_every_crash() {
    for seed in 0..2 {
        let mut sim = Simulation::new(seed);
        sim.fake::<price>(|(item,)| u64::try_from(item.len()).unwrap());
        let bought = sim.run(async |engine| {
            let cart = engine.start("c", cart(items())).await.unwrap();
            let bought = cart.result().await.unwrap();
            (bought, cart.get::<u64>("total").await.unwrap())
        });
        assert_eq!(bought, ((11, Some(3), None), Some(11)));
        sim.crash_everywhere(|| cart(items()));
        assert_eq!(effects(&sim).len(), 2);
    }
}

#[flow]
async fn waits_then_puts() -> u32 {
    let go = flow::receive(GO).await;
    flow::put("went", go);
    flow::receive(GO).await
}

#[tokio::test]
async fn whoever_waits_for_a_value_is_told_once_it_is_durable() {
    let (engine, _folder) = engine().await;
    let flow = engine.start("w", waits_then_puts()).await.unwrap();
    let dropped = flow.wait_for::<u32>("went");
    let dropped = tokio::time::timeout(Duration::ZERO, dropped).await;
    assert!(dropped.is_err());
    let (early, wrong, sent) = tokio::join!(
        flow.wait_for::<u32>("went"),
        flow.wait_for::<String>("went"),
        flow.send(GO, 7),
    );
    sent.unwrap();
    assert_eq!(early.unwrap(), 7);
    let wrong = wrong.unwrap_err();
    assert!(matches!(wrong, DataError::Decode { .. }), "{wrong}");
    assert!(
        wrong
            .to_string()
            .starts_with("the value of `went` of `w` cannot be read"),
        "{wrong}"
    );
    let (ended, sent) = tokio::join!(flow.wait_for::<u32>("nothing"), flow.send(GO, 8));
    sent.unwrap();
    assert!(matches!(ended, Err(DataError::Ended { .. })));
    assert_eq!(flow.wait_for::<u32>("went").await.unwrap(), 7);
    sound(&engine).await;
}

#[tokio::test]
async fn whoever_waits_is_told_of_a_cancel_a_removal_and_a_stop() {
    let (engine, _folder) = engine().await;
    let flow = engine.start("w", waits_then_puts()).await.unwrap();
    let (ended, cancelled) = tokio::join!(flow.wait_for::<u32>("went"), flow.cancel("enough"));
    cancelled.unwrap();
    assert!(matches!(ended, Err(DataError::Ended { .. })));
    let gone = engine.start("g", waits_then_puts()).await.unwrap();
    let (told, deleted) = tokio::join!(gone.wait_for::<u32>("went"), engine.force_delete("g"));
    deleted.unwrap();
    assert!(matches!(told, Err(DataError::Unknown { .. })));
    let unknown = gone.wait_for::<u32>("went").await;
    assert!(matches!(unknown, Err(DataError::Unknown { .. })));
    sound(&engine).await;
    let last = engine.start("l", waits_then_puts()).await.unwrap();
    let (told, stopped) = tokio::join!(
        last.wait_for::<u32>("went"),
        engine.shutdown(Duration::from_secs(9))
    );
    stopped.unwrap();
    assert!(matches!(told, Err(DataError::Stopped)));
}

#[tokio::test]
async fn keys_that_are_none_are_refused() {
    let (engine, _folder) = engine().await;
    let flow = engine.start("w", waits_then_puts()).await.unwrap();
    let long = "x".repeat(256);
    for key in ["", &*long] {
        let error = flow.get::<u32>(key).await.unwrap_err();
        assert!(matches!(error, DataError::InvalidKey(_)), "{error}");
        let error = flow.wait_for::<u32>(key).await.unwrap_err();
        assert!(
            error.to_string().starts_with("the key of a value"),
            "{error}"
        );
    }
}

#[flow]
async fn puts_under(key: String, size: usize) -> u32 {
    flow::put("first", 1_u32);
    flow::put(&key, "x".repeat(size));
    flow::receive(GO).await
}

#[flow]
async fn reads_wrong() -> Option<u32> {
    flow::put("word", "hello".to_owned());
    flow::get::<u32>("word").await
}

#[tokio::test]
async fn what_cannot_be_put_or_read_parks_the_flow_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Engine::builder().path(folder.path().join("store.redb"));
    let engine = builder.max_value_bytes(400).open().await.unwrap();
    let cases = [
        (
            "large",
            puts_under("big".to_owned(), 500),
            "the value of `big` has 503 bytes",
        ),
        (
            "empty",
            puts_under(String::new(), 2),
            "the key of a value is empty",
        ),
        (
            "long",
            puts_under("k".repeat(300), 2),
            "has 300 bytes, the limit is 255",
        ),
    ];
    for (id, call, expected) in cases {
        let flow = engine.start(id, call).await.unwrap();
        let Stopped::Parked(reason) = flow.finished_or_parked().await.unwrap() else {
            panic!("{id} must be parked");
        };
        assert!(reason.to_string().contains(expected), "{id}: {reason}");
        assert_eq!(flow.get::<u32>("first").await.unwrap(), None);
    }
    let flow = engine.start("r", reads_wrong()).await.unwrap();
    let Stopped::Parked(reason) = flow.finished_or_parked().await.unwrap() else {
        panic!("a value of another type parks");
    };
    assert!(reason.to_string().contains("reads_wrong"), "{reason}");
    assert!(reason.to_string().contains("word"), "{reason}");
    assert!(reason.to_string().contains("data.rs"), "{reason}");
    sound(&engine).await;
}

/// Many values, and a step that changes one.
#[flow]
async fn hoard(count: usize) -> u32 {
    for number in 0..count {
        flow::put(format!("{number}"), "x".repeat(1_000));
    }
    let go = flow::receive(GO).await;
    flow::put("0", go);
    flow::receive(GO).await
}

#[test]
fn a_machine_by_hand_shows_what_it_put() {
    let mut hoard = hoard(3).machine();
    assert_eq!(hoard.get::<String>("2"), Some("x".repeat(1_000)));
    assert_eq!(hoard.get::<String>("3"), None);
    hoard.send(GO, &5);
    assert_eq!(hoard.get::<u32>("0"), Some(5));
    let mut cart = cart(items()).machine();
    for cents in [3, 5, 3] {
        cart.resolve::<price>(cents);
    }
    assert_eq!(cart.output(), Some((11, Some(3), None)));
    assert_eq!(cart.get::<u64>("total"), Some(11));
}

#[tokio::test]
async fn values_lie_outside_of_the_frame() {
    let (engine, _folder) = engine().await;
    let hoard = engine.start("h", hoard(100)).await.unwrap();
    hoard.wait_for::<String>("99").await.unwrap();
    let shown = hoard.describe().await.unwrap();
    assert!(shown.frame_bytes < 200, "{}", shown.frame_bytes);
    hoard.send(GO, 1).await.unwrap();
    hoard.send(GO, 2).await.unwrap();
    hoard.result().await.unwrap();
    assert_eq!(hoard.get::<u32>("0").await.unwrap(), Some(1));
    sound(&engine).await;
}
