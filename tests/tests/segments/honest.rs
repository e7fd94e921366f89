//! Flows that do the same each time: nothing is told of them.

use std::collections::BTreeMap;

use flowstone::prelude::*;

use crate::{Checked, offences};

#[action]
async fn price(item: &str) -> Result<u64, ActionFailure> {
    Ok(item.len() as u64)
}

#[action]
async fn stamp() -> Result<u64, ActionFailure> {
    Ok(offences::wall_clock() + u64::from(offences::process()))
}

#[flow]
async fn uses_what_flows_have(items: Vec<String>) -> u64 {
    let key = flow::uuid();
    let mut sum = 0;
    for item in &items {
        sum += price(item).await.unwrap_or(0);
    }
    let started = flow::now();
    let draw: u32 = flow::random();
    flow::sleep(Duration::from_millis(1)).await;
    let late = flow::now() > started;
    let (a, b) = flow::join!(price("a"), async {
        flow::sleep(Duration::from_millis(1)).await;
        u64::from(draw).min(1)
    });
    let id = format!("{}{key}", flow::id());
    sum + a.unwrap_or(0) + b / 2 + u64::from(late) + id.len() as u64
}

#[tokio::test]
async fn built_ins_give_the_same() {
    let items = vec!["tea".to_owned(), "pot".to_owned()];
    let sum = Checked::new()
        .await
        .silent(uses_what_flows_have(items))
        .await;
    assert_eq!(sum, 6 + 1 + 1 + 7 + 36);
}

#[flow]
async fn asks_an_action() -> u64 {
    stamp().await.unwrap_or(0)
}

#[tokio::test]
async fn actions_may_do_what_flows_may_not() {
    assert!(Checked::new().await.silent(asks_an_action()).await > 0);
}

#[flow]
async fn looks_up() -> (BTreeMap<String, usize>, Vec<String>) {
    let counted = offences::counts(&["a", "b", "a"]);
    flow::sleep(Duration::from_millis(1)).await;
    (counted, offences::in_order(&["z", "y", "x"]))
}

#[tokio::test]
async fn a_map_whose_order_goes_nowhere_is_fine() {
    let (counted, words) = Checked::new().await.silent(looks_up()).await;
    assert_eq!(counted["a"], 2);
    assert_eq!(words, ["x", "y", "z"]);
}

#[flow]
async fn panics() -> u32 {
    flow::sleep(Duration::from_millis(1)).await;
    panic!("as it must, {}", offences_of_a_panic());
}

fn offences_of_a_panic() -> u32 {
    7
}

#[tokio::test]
async fn a_panic_is_a_panic_and_no_finding() {
    let Checked { engine, segments } = Checked::new().await;
    let handle = engine.start("p", panics()).await.expect("started");
    let stopped = handle.finished_or_parked().await.expect("it is there");
    let Stopped::Parked(ParkReason::Panicked { message, place }) = stopped else {
        panic!("{stopped:?}");
    };
    assert_eq!(message, "as it must, 7");
    assert!(place.expect("a place").file.ends_with("honest.rs"));
    assert_eq!(segments.findings(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_checked() {
    let Checked { engine, segments } = Checked::new().await;
    let mut handles = Vec::new();
    for number in 0..50 {
        let items = vec![number.to_string()];
        let handle = engine
            .start(format!("i{number}"), uses_what_flows_have(items))
            .await;
        handles.push(handle.expect("started"));
    }
    for handle in handles {
        handle.result().await.expect("it ends");
    }
    assert_eq!(segments.findings(), []);
}
