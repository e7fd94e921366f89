//! Children: started with the step of their parent, awaited later, and let go of with it.

use std::collections::BTreeMap;

use flowstone::flow::{Handle, JoinError};
use flowstone::prelude::*;
use flowstone::testing::Simulation;

use crate::support::{effects, engine, journal, sound};

#[action(name = "children-price")]
async fn price(sku: &str) -> u64 {
    u64::try_from(sku.len()).unwrap_or(u64::MAX)
}

#[flow]
async fn pack(sku: String, days: u64) -> Result<u64, String> {
    flow::sleep(Duration::from_hours(24 * days)).await;
    if sku.is_empty() {
        return Err("nothing to pack".to_owned());
    }
    Ok(price(&sku).await)
}

/// Children in a map, in a struct and in a variable, awaited in another order than they
/// end, one of them an action, and one of a child's own.
#[flow]
async fn ship(skus: Vec<String>) -> Vec<Result<Result<u64, String>, JoinError>> {
    let mut packed = BTreeMap::new();
    for (days, sku) in skus.iter().enumerate() {
        let days = u64::try_from(days).unwrap_or(0);
        packed.insert(sku.clone(), pack(sku.clone(), days).spawn());
    }
    let label = price("label").spawn();
    let first = skus.first().cloned().unwrap_or_default();
    let nested = ship_one(first).spawn();
    let mut all = vec![label.await.map(Ok)];
    for (_, handle) in packed.into_iter().rev() {
        all.push(handle.await);
    }
    all.push(nested.await.and_then(|inner| inner));
    all
}

#[flow]
async fn ship_one(sku: String) -> Result<Result<u64, String>, JoinError> {
    let child = pack(sku, 3).spawn();
    assert_eq!(flow::parent().as_ref(), Some(&flow::root()));
    child.await
}

fn skus() -> Vec<String> {
    ["pen", "", "book"].map(str::to_owned).to_vec()
}

#[test]
fn children_come_through_every_crash() {
    for seed in 0..3 {
        let mut sim = Simulation::new(seed);
        sim.fake::<price>(|(sku,)| u64::try_from(sku.len()).unwrap_or(0));
        let report = sim.crash_everywhere(|| ship(skus()));
        assert!(report.runs > 90, "{report}");
        assert_eq!(effects(&sim).len(), 3, "{}", sim.ledger());
    }
}

#[tokio::test]
async fn a_child_is_an_instance_with_a_parent() {
    let (engine, _folder) = engine().await;
    let running = engine.start("order-42", ship_now(skus())).await.unwrap();
    let total = running.result().await.unwrap();
    assert_eq!(total, 3 + 4);
    let child = engine.describe("order-42/1").await.unwrap();
    assert_eq!(child.flow, "pack");
    assert_eq!(child.parent.unwrap().as_str(), "order-42");
    assert_eq!(child.root.unwrap().as_str(), "order-42");
    let children = engine.children("order-42").await.unwrap();
    let children: Vec<_> = children.iter().map(InstanceId::as_str).collect();
    assert_eq!(children, ["order-42/1", "order-42/2", "order-42/3"]);
    let parent = journal(&engine, "order-42").await;
    assert!(
        parent.contains(&"spawned `order-42/3`".to_owned()),
        "{parent:?}"
    );
    assert!(
        parent
            .iter()
            .any(|line| line.starts_with("`order-42/1` ended: "))
    );
    sound(&engine).await;
}

#[flow]
async fn ship_now(skus: Vec<String>) -> u64 {
    let handles: Vec<Handle<Result<u64, String>>> =
        skus.into_iter().map(|sku| pack(sku, 0).spawn()).collect();
    let mut total = 0;
    for handle in handles {
        if let Ok(Ok(price)) = handle.await {
            total += price;
        }
    }
    total
}

#[flow]
async fn forgetful() -> InstanceId {
    let _cancelled = pack("pen".to_owned(), 1).spawn();
    let detached = pack("book".to_owned(), 1).spawn().detach();
    let later = pack("cup".to_owned(), 1).spawn();
    flow::sleep(Duration::from_secs(1)).await;
    later.detach();
    detached
}

#[test]
fn children_end_with_their_parent_unless_they_are_detached() {
    let mut sim = Simulation::new(1);
    sim.fake::<price>(|(sku,)| u64::try_from(sku.len()).unwrap_or(0));
    sim.run(async |engine| {
        let detached = engine.run("p", forgetful()).await.unwrap();
        let cancelled = engine.handle::<Result<u64, String>>("p/1").unwrap();
        let error = cancelled.result().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "`p/1` was cancelled: its parent `p` has ended"
        );
        for (id, cents) in [(detached.as_str(), 4), ("p/3", 3)] {
            let child = engine.handle::<Result<u64, String>>(id).unwrap();
            assert_eq!(child.result().await.unwrap(), Ok(cents));
            assert!(child.describe().await.unwrap().detached);
        }
        assert_eq!(engine.check().await.unwrap(), []);
    });
    sim.crash_everywhere(forgetful);
}

#[flow]
async fn named(id: String) -> Result<Result<u64, String>, JoinError> {
    let handle = pack("pen".to_owned(), 0).spawn_as(id);
    match handle {
        Ok(handle) => handle.await,
        Err(invalid) => Ok(Err(invalid.to_string())),
    }
}

#[tokio::test]
async fn an_id_of_ones_own_must_be_free_and_valid() {
    let (engine, _folder) = engine().await;
    let run = async |id: &str, child: &str| engine.run(id, named(child.to_owned())).await.unwrap();
    assert_eq!(run("a", "mine").await, Ok(Ok(3)));
    let taken = run("b", "mine").await.unwrap_err();
    assert!(matches!(taken, JoinError::IdTaken { .. }), "{taken}");
    let itself = run("c", "c").await.unwrap_err();
    assert!(matches!(itself, JoinError::IdTaken { .. }), "{itself}");
    assert!(run("d", "").await.unwrap().unwrap_err().contains("empty"));
    sound(&engine).await;
}

#[flow]
async fn patient(days: u64) -> Vec<String> {
    let child = pack("pen".to_owned(), days).spawn();
    let mut seen = Vec::new();
    loop {
        let ended = flow::race! {
            () = child.ended() => true,
            () = flow::sleep(Duration::from_hours(12)) => false,
        };
        if ended {
            break;
        }
        seen.push("not yet".to_owned());
    }
    seen.push(format!("{:?}", child.await));
    seen
}

#[test]
fn a_child_is_raced_without_giving_it_away() {
    let mut sim = Simulation::new(3);
    sim.fake::<price>(|(sku,)| u64::try_from(sku.len()).unwrap_or(0));
    let seen = sim.run(async |engine| engine.run("p", patient(1)).await.unwrap());
    assert_eq!(seen, ["not yet", "not yet", "Ok(Ok(3))"]);
    sim.crash_everywhere(|| patient(1));
}

#[flow]
async fn rid_of_it() -> Vec<String> {
    let child = pack("pen".to_owned(), 9).spawn();
    let done = pack("pen".to_owned(), 0).spawn();
    done.ended().await;
    child.cancel("too slow");
    done.cancel("too late");
    let mut all = vec![format!("{:?}", child.await)];
    all.push(format!("{:?}", done.await));
    all
}

#[test]
fn a_parent_cancels_a_child() {
    let mut sim = Simulation::new(3);
    sim.fake::<price>(|(sku,)| u64::try_from(sku.len()).unwrap_or(0));
    let all = sim.run(async |engine| engine.run("p", rid_of_it()).await.unwrap());
    assert_eq!(all, ["Err(it was cancelled: too slow)", "Ok(Ok(3))"]);
    sim.crash_everywhere(rid_of_it);
}

#[flow]
async fn later(days: u64) -> Result<Result<u64, String>, JoinError> {
    let child = pack("pen".to_owned(), 0).spawn();
    flow::sleep(Duration::from_hours(24 * days)).await;
    child.await
}

#[test]
fn a_result_waits_for_its_parent_longer_than_any_retention_time() {
    let mut sim = Simulation::new(3);
    sim.with_engine(|builder| builder.retention(Duration::from_hours(1)));
    sim.fake::<price>(|(sku,)| u64::try_from(sku.len()).unwrap_or(0));
    sim.run(async |engine| {
        let handle = engine.start("p", later(400)).await.unwrap();
        assert_eq!(handle.result().await.unwrap(), Ok(Ok(3)));
        // What was taken is purged in its time, and so is the parent.
        engine.run("nap", nap(3)).await.unwrap();
        assert!(engine.describe("p/1").await.is_err());
        assert!(engine.describe("p").await.is_err());
        assert_eq!(engine.check().await.unwrap(), []);
    });
}

#[flow]
async fn nap(hours: u64) {
    flow::sleep(Duration::from_hours(hours)).await;
}

#[tokio::test]
async fn a_deleted_child_is_gone_and_a_deleted_parent_takes_its_children_along() {
    let (engine, _folder) = engine().await;
    let parent = engine.start("p", later(0)).await.unwrap();
    assert_eq!(parent.result().await.unwrap(), Ok(Ok(3)));
    let waiting = engine.start("w", waits_for_ever()).await.unwrap();
    engine.force_delete("w/1").await.unwrap();
    let gone = waiting.result().await.unwrap().unwrap_err();
    assert!(matches!(gone, JoinError::Gone { .. }), "{gone}");
    engine.start("x", waits_for_ever()).await.unwrap();
    let child = engine.handle::<()>("x/1").unwrap();
    engine.force_delete("x").await.unwrap();
    let error = child.result().await.unwrap_err();
    assert!(error.to_string().contains("no instance `x/1`"), "{error}");
    // The ids of its children are free again.
    let again = engine.start("p", later(0)).await.unwrap();
    again.result().await.unwrap().unwrap().unwrap();
    engine.delete("p").await.unwrap();
    assert!(engine.describe("p/1").await.is_err());
    assert_eq!(engine.run("p", later(0)).await.unwrap(), Ok(Ok(3)));
    sound(&engine).await;
}

#[flow]
async fn waits_for_ever() -> Result<(), JoinError> {
    let child = nap(1_000_000).spawn();
    let lost = child.await;
    price("behind it").await;
    lost
}

#[test]
fn no_code_of_a_deleted_flow_runs_for_its_children() {
    let mut sim = Simulation::new(1);
    sim.fake::<price>(|_| 7);
    sim.run(async |engine| {
        engine.start("x", waits_for_ever()).await.unwrap();
        engine.force_delete("x").await.unwrap();
        engine.run("later", nap(1)).await.unwrap();
        assert!(engine.describe("x/1").await.is_err());
        assert_eq!(engine.check().await.unwrap(), []);
    });
    assert!(sim.ledger().rows().is_empty());
}

#[flow]
async fn generic_nap<T: Durable>(value: T) -> T {
    nap(1).await;
    value
}

#[flow]
async fn spawns_generic() -> Result<u8, JoinError> {
    generic_nap(7_u8).spawn().await
}

#[tokio::test]
async fn a_generic_flow_that_is_not_registered_parks_its_parent_with_the_line_to_write() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("g", spawns_generic()).await.unwrap();
    let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
        panic!("it cannot be spawned")
    };
    let text = reason.to_string();
    assert!(text.contains("register_flow!"), "{text}");
    assert!(text.contains("generic_nap<u8>"), "{text}");
    assert_eq!(engine.children("g").await.unwrap(), []);
    sound(&engine).await;
}

#[flow]
async fn spawns_too_much(size: usize) -> u8 {
    let child = generic_text("x".repeat(size)).spawn();
    child.await.unwrap_or(0)
}

#[flow]
async fn generic_text(text: String) -> u8 {
    u8::try_from(text.len() % 7).unwrap_or(0)
}

#[tokio::test]
async fn an_argument_that_is_too_large_parks_the_parent_before_anything_is_spawned() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Engine::builder().path(folder.path().join("store.redb"));
    let engine = builder.max_value_bytes(1_000).open().await.unwrap();
    let handle = engine.start("g", spawns_too_much(2_000)).await.unwrap();
    let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
        panic!("it is too large")
    };
    let text = reason.to_string();
    assert!(text.contains("argument `text` of `generic_text`"), "{text}");
    sound(&engine).await;
}
