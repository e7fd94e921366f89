//! Several things waited for at once, and the process gone between any two of
//! them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use flowstone::prelude::*;
use flowstone::store::RedbStore;
use tokio::sync::Notify;

const NUMBERS: Channel<u32> = Channel::new("numbers");
const NAMES: Channel<String> = Channel::new("names");

/// How often each action ran, and what they were told.
#[derive(Debug, Clone, Default)]
struct Ledger(Arc<Mutex<BTreeMap<String, u32>>>, Arc<Notify>);

impl Ledger {
    fn add(&self, what: &str) {
        let mut rows = self.0.lock().expect("nobody panics with it");
        *rows.entry(what.to_owned()).or_default() += 1;
        self.1.notify_waiters();
    }

    fn of(&self, what: &str) -> u32 {
        let rows = self.0.lock().expect("nobody panics with it");
        rows.get(what).copied().unwrap_or_default()
    }

    async fn has(&self, what: &str) {
        loop {
            let changed = self.1.notified();
            if self.of(what) > 0 {
                return;
            }
            changed.await;
        }
    }
}

#[action]
async fn count(ledger: Dep<Ledger>, n: u32) -> u32 {
    ledger.add(&format!("count {n}"));
    n
}

/// Runs until it is told that nobody waits for it.
#[action]
async fn endless(ledger: Dep<Ledger>, cx: ActionCx) {
    ledger.add("begun");
    cx.cancelled().await;
    ledger.add("told");
}

#[flow]
async fn add_up(n: u32) -> (Vec<u32>, String) {
    let mut seen = vec![n];
    let name = format!("n{n}");
    let (a, b, c) = flow::join!(
        count(n),
        async {
            seen.push(flow::receive(NUMBERS).await);
            let counted = count(2).await;
            seen.push(counted + flow::receive(NUMBERS).await);
            seen.len()
        },
        async {
            let first = flow::receive(NAMES).await;
            flow::sleep(Duration::from_millis(1)).await;
            format!("{name} {first} {}", flow::receive(NAMES).await)
        },
    );
    seen.push(a);
    (seen, format!("{c} {b}"))
}

async fn open(file: &Path, ledger: &Ledger) -> Engine {
    let engine = Engine::builder()
        .store(RedbStore::open(file).expect("it opens"))
        .provide(ledger.clone());
    engine.open().await.expect("it opens")
}

/// Waits until the instance does nothing by itself any more.
async fn settled(engine: &Engine, id: &str, stored: usize) {
    loop {
        let now = engine.describe(id).await.expect("it is there");
        let sleeps = now.next_wake_up.is_some() || {
            let mut others = now.others.iter();
            others.any(|other| other.next_wake_up.is_some())
        };
        if now.status == Status::Finished
            || (now.status == Status::Waiting && !sleeps && now.messages.len() <= stored)
        {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_crash_between_any_two_outcomes() {
    for order in 0..6_u32 {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.redb");
        let ledger = Ledger::default();
        let mut engine = open(&file, &ledger).await;
        engine.start("a", add_up(7)).await.expect("started");
        let (mut numbers, mut names) = (vec![20, 10], vec!["y", "x"]);
        for turn in 0..4 {
            settled(&engine, "a", 0).await;
            assert_eq!(engine.check().await.expect("it is read"), []);
            drop(engine);
            engine = open(&file, &ledger).await;
            assert_eq!(engine.check().await.expect("it is read"), []);
            let number_first = (order >> (turn % 3)) & 1 == 0;
            if numbers.is_empty() || (!number_first && !names.is_empty()) {
                let name = names.pop().expect("four in all");
                engine.send("a", NAMES, name.into()).await.expect("sent");
            } else {
                let number = numbers.pop().expect("it is not empty");
                engine.send("a", NUMBERS, number).await.expect("sent");
            }
        }
        let handle = engine.handle::<(Vec<u32>, String)>("a").expect("an id");
        let (seen, text) = handle.result().await.expect("it ends");
        assert_eq!(seen, [7, 10, 22, 7], "order {order}");
        assert_eq!(text, "n7 x y 3");
        assert_eq!((ledger.of("count 7"), ledger.of("count 2")), (1, 1));
        assert_eq!(engine.check().await.expect("it is read"), []);
    }
}

#[flow]
async fn first_come() -> String {
    let mut lost = 0;
    let got = flow::race! {
        number = flow::receive(NUMBERS) => number.to_string(),
        () = endless() => "the action".to_owned(),
        () = async { flow::sleep(Duration::from_hours(1)).await; lost += 1; flow::sleep(Duration::from_hours(1)).await } => "the clock".to_owned(),
        (a, b) = async { flow::join!(flow::receive(NAMES), flow::receive(NAMES)) } => a + &b,
    };
    let name = flow::receive(NAMES).await;
    format!("{got} {name} {lost}")
}

#[tokio::test]
async fn the_losers_of_a_race_are_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.redb");
    let ledger = Ledger::default();
    let engine = open(&file, &ledger).await;
    let handle = engine.start("a", first_come()).await.expect("started");
    ledger.has("begun").await;
    let shown = engine.describe("a").await.expect("it is there");
    assert_eq!(shown.others.len(), 4, "{shown}");
    handle.send(NUMBERS, 5).await.expect("sent");
    handle.send(NAMES, "late".to_owned()).await.expect("sent");
    assert_eq!(handle.result().await.expect("it ends"), "5 late 0");
    ledger.has("told").await;
    // No timer is left, and no message.
    assert_eq!(engine.check().await.expect("it is read"), []);
    let shown = engine.describe("a").await.expect("it is there");
    assert!(
        shown.others.is_empty() && shown.messages.is_empty(),
        "{shown}"
    );
    engine
        .shutdown(Duration::from_secs(9))
        .await
        .expect("it stops");
}

#[flow]
async fn with_a_number<T: Durable + Clone>(value: T) -> (T, u32) {
    let (number, copy) = flow::join!(flow::receive(NUMBERS), async {
        count(3).await;
        value.clone()
    });
    (copy, number)
}

type Numbered = ((String, u32), (u8, u32), (bool, u32));

#[flow]
async fn flows_at_once() -> Numbered {
    let word = "a".to_owned();
    flow::join!(with_a_number(word), with_a_number(5_u8), async {
        let (last, number) = with_a_number(true).await;
        count(number).await;
        (last, number)
    })
}

#[tokio::test]
async fn called_flows_wait_side_by_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.redb");
    let ledger = Ledger::default();
    let mut engine = open(&file, &ledger).await;
    engine.start("a", flows_at_once()).await.expect("started");
    for number in [1, 2, 30] {
        settled(&engine, "a", 0).await;
        drop(engine);
        engine = open(&file, &ledger).await;
        assert_eq!(engine.check().await.expect("it is read"), []);
        engine.send("a", NUMBERS, number).await.expect("sent");
    }
    let handle = engine.handle::<Numbered>("a").expect("an id");
    let result = handle.result().await.expect("it ends");
    assert_eq!(result, (("a".to_owned(), 1), (5, 2), (true, 30)));
    assert_eq!((ledger.of("count 3"), ledger.of("count 30")), (3, 1));
}

#[flow]
async fn two_receivers() -> (u32, u32, u32) {
    let (a, (b, c)) = flow::join!(flow::receive(NUMBERS), async {
        let b = flow::receive(NUMBERS).await;
        assert_ne!(b, 13, "unlucky");
        (b, count(b).await + flow::receive(NUMBERS).await)
    });
    (a, b, c)
}

#[tokio::test]
async fn messages_of_one_channel_go_to_its_receivers_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.redb");
    let ledger = Ledger::default();
    let engine = open(&file, &ledger).await;
    let handle = engine.start("a", two_receivers()).await.expect("started");
    for number in [1, 2, 3] {
        handle.send(NUMBERS, number).await.expect("sent");
    }
    assert_eq!(handle.result().await.expect("it ends"), (1, 2, 5));
}

#[flow]
async fn one_of_them_panics() -> (u32, u32, String) {
    flow::join!(
        async {
            let n = flow::receive(NUMBERS).await;
            assert_ne!(n, 13, "unlucky");
            n
        },
        async { count(flow::receive(NUMBERS).await).await },
        flow::receive(NAMES),
    )
}

#[tokio::test]
async fn a_panic_in_one_block_parks_and_loses_nothing_of_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.redb");
    let ledger = Ledger::default();
    let engine = open(&file, &ledger).await;
    let handle = engine
        .start("a", one_of_them_panics())
        .await
        .expect("started");
    handle.send(NUMBERS, 13).await.expect("sent");
    let Stopped::Parked(reason) = handle.finished_or_parked().await.expect("it is there") else {
        panic!("it goes on")
    };
    assert!(reason.to_string().contains("unlucky"), "{reason}");
    handle.send(NUMBERS, 1).await.expect("sent");
    handle.send(NAMES, "kept".into()).await.expect("sent");
    assert_eq!(engine.check().await.expect("it is read"), []);
    drop((engine, handle));
    let engine = open(&file, &ledger).await;
    engine.skip_message("a").await.expect("skipped");
    assert_eq!(engine.check().await.expect("it is read"), []);
    engine.send("a", NUMBERS, 2).await.expect("sent");
    let handle = engine.handle::<(u32, u32, String)>("a").expect("an id");
    let result = handle.result().await.expect("it ends");
    assert_eq!(result, (1, 2, "kept".to_owned()));
}

#[flow]
async fn a_long_text() -> (String, u32) {
    flow::join!(
        async { "x".repeat(flow::receive(NUMBERS).await as usize) },
        flow::receive(NUMBERS),
    )
}

#[tokio::test]
async fn what_a_block_comes_to_has_the_limit_of_any_value() {
    let engine = Engine::builder().in_memory().max_value_bytes(1_000);
    let engine = engine.provide(Ledger::default());
    let engine = engine.open().await.expect("it opens");
    let handle = engine.start("a", a_long_text()).await.expect("started");
    handle.send(NUMBERS, 2_000).await.expect("sent");
    let Stopped::Parked(reason) = handle.finished_or_parked().await.expect("it is there") else {
        panic!("it goes on")
    };
    let reason = reason.to_string();
    let what = "what `async` came to in a `join!` of a_long_text";
    assert!(reason.contains(what), "{reason}");
    assert!(
        reason.contains("1000") && reason.contains("2003"),
        "{reason}"
    );
}

#[tokio::test]
async fn describe_says_all_that_is_waited_for() {
    let engine = Engine::builder().in_memory();
    let engine = engine.provide(Ledger::default());
    let engine = engine.open().await.expect("it opens");
    engine.start("a", first_come()).await.expect("started");
    let shown = engine.describe("a").await.expect("it is there").to_string();
    let wanted = [
        "at first_come::receive (tests/tests/together/main.rs:",
        "waits for a message of `numbers`",
        "at first_come::endless (",
        "calls `endless`",
        "at first_come::sleep (",
        "sleeps since",
        "at first_come::receive#2 (",
        "at first_come::receive#3 (",
        "waits for a message of `names`",
    ];
    let mut rest = shown.as_str();
    for part in wanted {
        let at = rest.find(part);
        rest = at.map_or_else(|| panic!("{part} is not in {shown}"), |at| &rest[at..]);
    }
}
