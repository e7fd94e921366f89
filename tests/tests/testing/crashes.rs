//! Crashes everywhere: sound flows come through, planted faults are found.

use std::collections::BTreeMap;
use std::sync::RwLock;

use flowstone::prelude::*;
use flowstone::store::{Counters, Left, MemoryStore, Store, StoreError, View};
use flowstone::testing::{Answer, CrashPoint, Simulation};
use flowstone::turn::Write;
use serde::{Deserialize, Serialize};

use crate::support::{counted, told};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Declined;

const APPROVAL: Channel<bool> = Channel::new("crash-approval");

#[action(name = "crash-charge", retry(attempts = 5, first_delay = "1m"))]
async fn charge(order: u64, cents: u64) -> Result<u64, Declined> {
    unreachable!("{order} {cents}: it is faked")
}

#[action(name = "crash-ship")]
async fn ship(item: &str) -> String {
    unreachable!("{item}: it is faked")
}

#[flow]
async fn crash_checkout(order: u64, items: Vec<String>) -> Result<Vec<String>, Declined> {
    let receipt = charge(order, 100).await?;
    let mut shipped = vec![format!("receipt {receipt}")];
    for item in &items {
        shipped.push(ship(item).await);
    }
    flow::sleep(Duration::from_hours(24)).await;
    let approved = flow::race! {
        approved = flow::receive(APPROVAL) => approved,
        () = flow::sleep(Duration::from_hours(24)) => false,
    };
    if !approved {
        ship("nothing").label("never").await;
        return Err(Declined);
    }
    let both = flow::join!(ship("bow"), crash_gift(flow::random()));
    shipped.extend([both.0, both.1]);
    Ok(shipped)
}

#[flow]
async fn crash_gift(number: u16) -> String {
    let wrapped = ship(&format!("gift {number}")).await;
    flow::sleep(Duration::from_secs(5)).await;
    wrapped
}

fn checkout() -> flow::FlowCall<crash_checkout> {
    crash_checkout(7, vec!["cup".to_owned(), "pot".to_owned()])
}

/// A simulation in which all is well.
fn sound(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<charge>(|(order, cents)| Ok(order + cents))
        .fails_times(1, Err(Declined))
        .takes(Duration::from_secs(2));
    sim.fake::<ship>(|(item,)| item);
    sim.message(APPROVAL, &true);
    sim
}

#[test]
fn a_sound_flow_comes_through_every_crash() {
    for seed in 0..5 {
        let mut sim = sound(seed);
        let report = sim.crash_everywhere(checkout);
        let missed: Vec<_> = report
            .never_reached
            .iter()
            .map(|state| state.label)
            .collect();
        assert_eq!(missed, ["never"], "{report}");
        assert_eq!(report.effects, 6, "{}", sim.ledger());
        let singles = 2 * report.commits + report.effects;
        assert_eq!(
            report.runs,
            1 + report.pairs + usize::try_from(singles).expect("few")
        );
        assert!(report.pairs > 50, "{report}");
    }
}

#[test]
fn a_script_goes_on_where_it_was() {
    let mut sim = Simulation::new(1);
    let answers = (0..8_u64).map(|n| {
        if n.is_multiple_of(2) {
            Err(Declined)
        } else {
            Ok(n)
        }
    });
    sim.script::<charge>(answers.map(Answer::gives));
    sim.crash_everywhere(|| crash_long(4));
    assert_eq!(sim.ledger().rows().len(), 8);
}

/// Money that was taken, however often it was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
struct Till(u64);

#[test]
fn an_effect_without_an_idempotency_key_is_found() {
    let mut sim = sound(1);
    sim.with_world(Till::default());
    sim.fake_in::<charge, Till>(|till, _, (order, cents)| {
        till.0 += cents;
        Ok(order)
    });
    let text = told(|| sim.crash_everywhere(checkout));
    assert!(
        text.starts_with(
            "`crash_checkout` does not survive that the process ends before commit 2\n\
             the world is Till(200) instead of Till(100)\n\
             the seed was 1; repeat with `Simulation::new(1)` and \
             `crash_at(&[CrashPoint::BeforeCommit(2)], ..)`\nwhat happened:\n"
        ),
        "{text}"
    );
    let text = told(|| sim.crash_at(&[CrashPoint::AfterEffect(1)], checkout));
    assert!(
        text.contains("the world is Till(200) instead of Till(100)"),
        "{text}"
    );
    sim.crash_at(&[CrashPoint::AfterCommit(1)], checkout);
}

#[test]
fn an_effect_with_its_idempotency_key_comes_through() {
    let mut sim = sound(1);
    sim.with_world(BTreeMap::<String, u64>::new());
    sim.fake_in::<charge, BTreeMap<String, u64>>(|till, cx, (order, cents)| {
        till.insert(cx.idempotency_key(), cents);
        Ok(order)
    });
    sim.crash_everywhere(checkout);
    assert_eq!(sim.world::<BTreeMap<String, u64>>()["crashed/0"], 100);
}

#[flow]
async fn crash_counted() -> u64 {
    let one = ship("one").await.len();
    let number = counted();
    ship(if number.is_multiple_of(2) {
        "even"
    } else {
        "odd"
    })
    .await;
    number + one as u64
}

#[test]
fn a_segment_that_is_not_deterministic_is_found() {
    let mut sim = sound(1);
    let text = told(|| sim.crash_everywhere(crash_counted));
    let first =
        "`crash_counted` does not survive that the process ends before commit 1\nit returned ";
    assert!(text.starts_with(first), "{text}");
}

/// Faults of an engine that its store can play.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// What runs is not marked as such: after a crash nobody wakes it.
    NoActiveRow,
    /// A timer is kept in memory only.
    NoTimerRow,
    /// A commit is acknowledged before it is durable.
    EarlyAck,
    /// A commit is no transaction: a crash keeps its first half.
    Torn,
}

/// A store that lets an engine be faulty.
#[derive(Debug)]
struct Faulty {
    fault: Fault,
    commits: RwLock<Vec<Vec<Write>>>,
    /// What all commits came to; never freed, so that views can show it.
    present: RwLock<&'static MemoryStore>,
}

impl Faulty {
    fn new(fault: Fault) -> Self {
        Self {
            fault,
            commits: RwLock::default(),
            present: RwLock::new(Box::leak(Box::default())),
        }
    }

    fn present(&self) -> &'static MemoryStore {
        *self.present.read().expect("no panic")
    }

    fn writes(&self, write: &Write) -> bool {
        match (self.fault, write) {
            (Fault::NoActiveRow, Write::Active { active, .. }) => !active,
            (Fault::NoTimerRow, Write::Timer(_)) => false,
            _ => true,
        }
    }
}

impl Store for Faulty {
    fn begin(&self) -> Result<Left, StoreError> {
        self.present().begin()
    }

    fn end(&self) -> Result<(), StoreError> {
        self.present().end()
    }

    fn abandon(&self) {}

    /// The process has ended: what was not durable is gone.
    fn reopen(&self) -> Result<(), StoreError> {
        let mut commits = self.commits.write().expect("no panic");
        match (self.fault, commits.last_mut()) {
            (Fault::EarlyAck, _) => drop(commits.pop()),
            (Fault::Torn, Some(last)) => last.truncate(last.len() / 2),
            _ => {}
        }
        let kept: &MemoryStore = Box::leak(Box::default());
        kept.begin()?;
        commits.iter().try_for_each(|batch| kept.commit(batch))?;
        *self.present.write().expect("no panic") = kept;
        Ok(())
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.present().counters()
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        let mut writes: Vec<Write> = batch.to_vec();
        writes.retain(|write| self.writes(write));
        self.present().commit(&writes)?;
        self.commits.write().expect("no panic").push(writes);
        Ok(())
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.present().view()
    }
}

#[test]
fn faults_of_an_engine_are_found() {
    let faults = [
        (Fault::NoActiveRow, "nothing can happen any more"),
        (Fault::NoTimerRow, "nothing can happen any more"),
        (Fault::EarlyAck, "was made twice"),
        (Fault::Torn, ""),
    ];
    for (fault, found) in faults {
        let mut sim = sound(1);
        sim.with_store(move || Faulty::new(fault));
        let text = told(|| sim.crash_everywhere(checkout));
        assert!(text.contains(found), "{fault:?}: {text}");
    }
}

#[test]
fn a_flow_that_does_not_end_by_itself_is_told_before_any_crash() {
    let mut sim = sound(1);
    sim.fake::<charge>(|_| Ok(1)).panics("no paper");
    let text = told(|| sim.crash_everywhere(checkout));
    assert!(
        text.starts_with("the flow does not end even without a crash (seed 1): is parked: "),
        "{text}"
    );
    let mut sim = sound(1);
    let text = told(|| sim.crash_at(&[CrashPoint::AfterCommit(99)], checkout));
    assert_eq!(text, "the flow ended after 0 of 1 crashes");
}

#[flow]
async fn crash_long(steps: u64) -> u64 {
    let mut sum = 0;
    for step in 0..steps {
        sum += charge(step, 1).await.unwrap_or(0);
        flow::sleep(Duration::from_mins(1)).await;
    }
    sum
}

#[test]
fn thirty_states_are_covered() {
    let mut sim = Simulation::new(1);
    sim.fake::<charge>(|(order, cents)| Ok(order + cents));
    let report = sim.crash_everywhere(|| crash_long(15));
    assert_eq!(report.never_reached, []);
    assert_eq!((report.commits, report.effects), (31, 15));
    assert!(report.runs > 300, "{report}");
}
