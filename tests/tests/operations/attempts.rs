//! Attempts of actions: at most one, and those that say how far they are.

use std::sync::Mutex;

use flowstone::prelude::*;
use flowstone::testing::Simulation;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::support::{engine, journal, sound};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Unpaid {
    Declined,
    Unknown(ActionFailure),
}

impl From<ActionFailure> for Unpaid {
    fn from(failure: ActionFailure) -> Self {
        Self::Unknown(failure)
    }
}

/// A permit for each attempt to pay that began.
static BEGUN: Semaphore = Semaphore::const_new(0);

#[action(name = "attempts-pay", at_most_once, timeout = "1m")]
async fn pay(cents: u64) -> Result<u64, Unpaid> {
    BEGUN.add_permits(1);
    if cents == 13 {
        return Err(Unpaid::Declined);
    }
    std::future::pending().await
}

#[flow]
async fn pays(cents: u64) -> String {
    match pay(cents).await {
        Ok(receipt) => format!("paid: {receipt}"),
        Err(Unpaid::Declined) => "declined".to_owned(),
        Err(Unpaid::Unknown(failure)) => failure.to_string(),
    }
}

#[flow]
async fn pays_in_many_ways(cents: u64) -> usize {
    let later = pay(cents).spawn();
    let (first, others) = flow::join!(
        pay(cents + 1),
        flow::join_all([cents + 2, cents + 3].map(pay)),
    );
    let last = later.await.is_ok_and(|paid| paid.is_ok());
    let paid = others.iter().chain([&first]).filter(|paid| paid.is_ok());
    paid.count() + usize::from(last)
}

const INTERRUPTED: &str = "the process ended during the attempt";

#[test]
fn no_payment_is_attempted_twice_whenever_the_process_ends() {
    let mut sim = Simulation::new(1);
    sim.fake::<pay>(|(cents,)| Ok(cents))
        .takes(Duration::from_secs(2));
    sim.crash_everywhere(|| pays(42));
    sim.crash_everywhere(|| pays_in_many_ways(42));
    sim.fake::<pay>(|_| Err(Unpaid::Declined));
    sim.crash_everywhere(|| pays(42));
}

#[test]
fn an_error_and_a_time_out_are_the_end_of_it() {
    let mut sim = Simulation::new(1);
    sim.fake::<pay>(|_| Err(Unpaid::Declined));
    let paid = sim.run(async |engine| engine.run("a", pays(1)).await);
    assert_eq!(paid.unwrap(), "declined");
    assert_eq!(sim.ledger().rows().len(), 1);
    sim.fake::<pay>(|(cents,)| Ok(cents))
        .takes(Duration::from_hours(1));
    let paid = sim.run(async |engine| engine.run("a", pays(1)).await);
    assert_eq!(paid.unwrap(), "the attempt took longer than 60s");
    assert_eq!(sim.ledger().rows().len(), 1);
}

#[tokio::test]
async fn a_stop_in_the_middle_of_a_payment_is_told_to_the_flow() {
    let (engine, folder) = engine().await;
    let handle = engine.start("pays", pays(1)).await.unwrap();
    BEGUN.acquire().await.unwrap().forget();
    drop(handle);
    engine.shutdown(Duration::ZERO).await.unwrap();
    let engine = Engine::open(folder.path().join("store.redb"))
        .await
        .unwrap();
    let paid = engine.run("pays", pays(1)).await.unwrap();
    assert_eq!(paid, INTERRUPTED);
    let told = journal(&engine, "pays").await.join("\n");
    assert!(!told.contains("2 attempts"), "{told}");
    sound(&engine).await;
}

#[action(at_most_once)]
async fn pay_back(receipt: u64) -> Result<u64, Unpaid> {
    PAID_BACK.add_permits(1);
    if PAID_BACK.available_permits() > 1 {
        return Ok(receipt);
    }
    std::future::pending().await
}

/// A permit for each attempt to pay back that began.
static PAID_BACK: Semaphore = Semaphore::const_new(0);

#[flow]
async fn regrets() -> Result<(), Unpaid> {
    flow::on_failure(pay_back(5));
    flow::sleep(Duration::from_millis(1)).await;
    Err(Unpaid::Declined)
}

#[tokio::test]
async fn an_undo_that_was_cut_off_is_made_again_by_whoever_says_so() {
    let (engine, folder) = engine().await;
    engine.start("regrets", regrets()).await.unwrap();
    while PAID_BACK.available_permits() == 0 {
        tokio::task::yield_now().await;
    }
    engine.shutdown(Duration::ZERO).await.unwrap();
    let engine = Engine::open(folder.path().join("store.redb"))
        .await
        .unwrap();
    let handle = engine.handle::<Result<(), Unpaid>>("regrets").unwrap();
    let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
        panic!("nobody knows whether it was paid back");
    };
    assert!(reason.to_string().contains(INTERRUPTED), "{reason}");
    assert_eq!(PAID_BACK.available_permits(), 1);
    handle.retry().await.unwrap();
    assert_eq!(handle.result().await.unwrap(), Err(Unpaid::Declined));
    assert_eq!(PAID_BACK.available_permits(), 2);
    sound(&engine).await;
}

/// The rows that each attempt of an import took.
static IMPORTED: Mutex<Vec<(String, u32, u32)>> = Mutex::new(Vec::new());

#[action(
    name = "attempts-import",
    heartbeat = "30s",
    retry(attempts = 3, jitter = 0)
)]
async fn import(cx: ActionCx, rows: u32, hangs_at: u32) -> Result<u32, Unpaid> {
    let first = cx.last_heartbeat().ok().flatten().unwrap_or(0);
    for row in first..rows {
        if row == hangs_at && cx.attempt() == 1 {
            std::future::pending::<()>().await;
        }
        let taken = (cx.instance().to_string(), cx.attempt(), row);
        IMPORTED.lock().expect("nobody panics").push(taken);
        cx.heartbeat(row + 1).expect("it is small");
        tokio::task::yield_now().await;
    }
    Ok(first)
}

#[flow(name = "attempts-imports")]
async fn imports(rows: u32, hangs_at: u32) -> Result<u32, Unpaid> {
    import(rows, hangs_at).await
}

#[test]
fn an_attempt_that_hangs_is_followed_by_one_that_goes_on_where_it_was() {
    let mut sim = Simulation::new(3);
    sim.real::<import>();
    let (first, took) = sim.run(async |engine| {
        let begun = engine.now();
        let first = engine.run("hung", imports(5, 3)).await.unwrap();
        (first, engine.now().since(begun))
    });
    assert_eq!(first, Ok(3), "the second attempt begins with row 3");
    assert_eq!(took, Duration::from_millis(30_100));
    let imported = IMPORTED.lock().unwrap();
    let imported: Vec<_> = imported.iter().filter(|taken| taken.0 == "hung").collect();
    let attempts: Vec<_> = imported.iter().map(|taken| (taken.1, taken.2)).collect();
    assert_eq!(attempts, [(1, 0), (1, 1), (1, 2), (2, 3), (2, 4)]);
}

#[test]
fn an_import_comes_through_every_crash() {
    let mut sim = Simulation::new(5);
    sim.real::<import>();
    // What comes out says where the last attempt began, which a crash may change.
    sim.crash_everywhere(|| imports_all(4));
}

#[flow]
async fn imports_all(rows: u32) -> bool {
    import(rows, rows).await.is_ok()
}

/// It says how far it is once, and no more.
#[action(retry(never))]
async fn says_once(cx: ActionCx, said: u32) -> Result<Option<u32>, Unpaid> {
    let before = cx.last_heartbeat().expect("it is a number");
    if before.is_some() {
        return Ok(before);
    }
    if let Err(error) = cx.heartbeat("-".repeat(200)) {
        assert!(error.to_string().contains("at most 100"), "{error}");
    }
    cx.heartbeat(said).expect("it is small");
    BEGUN_TO_SAY.add_permits(1);
    std::future::pending().await
}

static BEGUN_TO_SAY: Semaphore = Semaphore::const_new(0);

#[flow]
async fn hears(said: u32, patience: Duration) -> Result<Option<u32>, Unpaid> {
    says_once(said).heartbeat(patience).await
}

#[tokio::test]
async fn what_was_said_last_outlives_a_stop_and_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.redb");
    let small = || Engine::builder().max_value_bytes(100).path(&file);
    let engine = small().open().await.unwrap();
    let patient = || hears(7, Duration::from_hours(1));
    engine.start("hears", patient()).await.unwrap();
    BEGUN_TO_SAY.acquire().await.unwrap().forget();
    let shown = loop {
        let shown = engine.describe("hears").await.unwrap();
        if shown.heartbeat.is_some() {
            break shown;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(shown.heartbeat, Some(7.into()));
    assert!(shown.to_string().contains("last heartbeat: 7"), "{shown}");
    engine.shutdown(Duration::ZERO).await.unwrap();

    let engine = small().open().await.unwrap();
    assert_eq!(engine.run("hears", patient()).await.unwrap(), Ok(Some(7)));
    sound(&engine).await;
}

#[tokio::test]
async fn silence_ends_an_attempt_that_says_no_more() {
    let (engine, _folder) = engine().await;
    let limit = Duration::from_millis(20);
    let heard = engine.run("silent", hears(9, limit)).await.unwrap();
    let missed = ActionFailure::HeartbeatMissed { limit };
    assert_eq!(heard, Err(Unpaid::Unknown(missed)));
}

/// Its `Drop` panics.
struct Brittle;

impl Drop for Brittle {
    fn drop(&mut self) {
        panic!("it broke");
    }
}

#[action(timeout = "10ms", retry(never))]
async fn breaks_when_dropped(cx: ActionCx) -> Result<(), Unpaid> {
    let _brittle = Brittle;
    cx.cancelled().await;
    std::future::pending().await
}

#[flow]
async fn drops() -> Result<(), Unpaid> {
    breaks_when_dropped().await
}

#[tokio::test]
async fn an_attempt_that_panics_when_it_is_cut_off_reports_all_the_same() {
    let builder = Engine::builder().in_memory().max_concurrent_actions(1);
    let engine = builder.open().await.unwrap();
    let limit = Duration::from_millis(10);
    let late = || Err(Unpaid::Unknown(ActionFailure::TimedOut { limit }));
    assert_eq!(engine.run("a", drops()).await.unwrap(), late());
    // The only place to run is free again.
    assert_eq!(engine.run("b", drops()).await.unwrap(), late());
}
