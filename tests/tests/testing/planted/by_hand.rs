//! Faulty flows that a test drives by hand, each beside its correct twin.

use flowstone::prelude::*;

use crate::support::told;

const APPROVAL: Channel<bool> = Channel::new("planted-each-approval");
const DAY: Duration = Duration::from_hours(24);

#[action(name = "planted-hand")]
async fn ship(item: &str) -> String {
    unreachable!("{item}: no action runs")
}

#[action(name = "planted-take", retry(attempts = 1))]
async fn pay(cents: u64) -> Result<u64, ActionFailure> {
    unreachable!("{cents}: no action runs")
}

#[flow]
async fn planted_short() {
    flow::sleep(Duration::from_secs(24)).await;
}

#[flow]
async fn planted_long() {
    flow::sleep(Duration::from_hours(24)).await;
}

#[test]
fn seconds_instead_of_hours() {
    let machine = planted_short().machine();
    let text = told(|| assert_eq!(machine.sleeps(), Some(DAY)));
    assert!(text.contains("left: Some(24s)"), "{text}");
    assert_eq!(planted_long().machine().sleeps(), Some(DAY));
}

#[flow]
async fn planted_careless(cents: u64) -> Option<String> {
    let _ = pay(cents).await;
    Some(ship("cup").await)
}

#[flow]
async fn planted_careful(cents: u64) -> Option<String> {
    pay(cents).await.ok()?;
    Some(ship("cup").await)
}

#[test]
fn a_failure_that_is_ignored() {
    let mut machine = planted_careless(5).machine();
    machine.fail::<pay>(ActionFailure::Interrupted);
    let text = told(|| assert_eq!(machine.calls::<ship>(), Vec::<(String,)>::new()));
    assert!(text.contains("cup"), "{text}");
    let mut machine = planted_careful(5).machine();
    machine.fail::<pay>(ActionFailure::Interrupted);
    assert_eq!(machine.output(), Some(None));
}

#[flow]
async fn planted_approved_once(items: Vec<String>) -> usize {
    let approved = flow::receive(APPROVAL).await;
    for item in &items {
        if approved {
            ship(item).await;
        }
    }
    items.len()
}

#[flow]
async fn planted_approved_each(items: Vec<String>) -> usize {
    for item in &items {
        if flow::receive(APPROVAL).await {
            ship(item).await;
        }
    }
    items.len()
}

#[test]
fn one_message_taken_for_two() {
    let items = || vec!["cup".to_owned(), "pot".to_owned()];
    let mut machine = planted_approved_once(items()).machine();
    machine.send(APPROVAL, &true);
    machine.resolve::<ship>("cup".to_owned());
    let text = told(|| assert_eq!(machine.receives(), [APPROVAL.name()]));
    assert!(text.contains("left: []"), "{text}");
    let mut machine = planted_approved_each(items()).machine();
    machine.send(APPROVAL, &true);
    machine.resolve::<ship>("cup".to_owned());
    assert_eq!(machine.receives(), [APPROVAL.name()]);
}
