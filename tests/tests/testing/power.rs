//! Stores that fail, and power that goes: nothing acknowledged is lost.
//!
//! `FLOWSTONE_CUTS=5000 cargo test --release -p flowstone-tests --test testing power`
//! is the long form.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{FaultyStore, LossyDisk, SimulatedEngine, Simulation};

use crate::support::Numbers;

const WORD: Channel<u64> = Channel::new("power-word");
/// How many messages a flow takes.
const WORDS: usize = 3;
/// So many cuts make a run, over one file.
const CUTS_OF_RUN: u64 = 20;

#[action(name = "power-write", retry(attempts = 100))]
async fn write(word: u64) -> u64 {
    unreachable!("{word}: it is faked")
}

#[flow]
async fn power_words(padding: String) -> Vec<u64> {
    let mut words = Vec::new();
    for _ in 0..WORDS {
        let word = flow::receive(WORD).await;
        words.push(write(word).await);
        flow::sleep(Duration::from_secs(1)).await;
    }
    assert!(!padding.is_empty());
    words
}

/// What the engine has acknowledged: each instance with its messages.
#[derive(Default)]
struct Acknowledged(BTreeMap<String, Vec<u64>>);

impl Acknowledged {
    /// Starts flows and sends messages until the engine refuses.
    async fn work(&mut self, engine: &SimulatedEngine, numbers: &mut Numbers, at: u64) {
        for number in 0.. {
            let id = format!("{at}-{number}");
            let padding = "x".repeat(1 + numbers.below(20_000));
            if engine.start(&id, power_words(padding)).await.is_err() {
                return;
            }
            self.0.insert(id.clone(), Vec::new());
            let to = numbers.below(self.0.len());
            let to = self.0.keys().nth(to).expect("there is one").clone();
            for id in [id, to] {
                let word = numbers.next();
                match engine.send(&id, WORD, word).await {
                    Ok(()) => self.0.entry(id).or_default().push(word),
                    // It has ended.
                    Err(SendError::Finished { .. }) => {}
                    Err(_) => return,
                }
            }
            engine.sleep(Duration::from_secs(1)).await;
        }
    }

    /// Whether all of it is there.
    async fn check(&self, engine: &SimulatedEngine) {
        assert_eq!(engine.check().await.expect("it is read"), []);
        for id in self.0.keys() {
            engine.describe(id).await.expect("it was started");
        }
    }

    /// Lets all flows end, and looks at what they took.
    async fn end(&self, engine: &SimulatedEngine, numbers: &mut Numbers) {
        for (id, sent) in &self.0 {
            let handle = engine.handle::<Vec<u64>>(id).expect("an id");
            while handle.send(WORD, numbers.next()).await.is_ok() {
                engine.sleep(Duration::from_mins(1)).await;
            }
            let taken = handle.result().await.expect("it ends");
            // What was not acknowledged may have arrived, and nothing twice.
            assert_eq!(taken.len(), WORDS);
            assert!(
                taken.is_sorted_by(|one, other| one < other),
                "{id}: {taken:?}"
            );
            let last = taken.last().expect("it has three");
            for word in sent.iter().filter(|word| *word <= last) {
                assert!(
                    taken.contains(word),
                    "{id} lost {word} of {sent:?}: {taken:?}"
                );
            }
        }
    }
}

/// Works until it ends or the power goes.
async fn until_the_power_goes(
    work: impl Future<Output = ()>,
    engine: &SimulatedEngine,
    disk: &LossyDisk,
) {
    let is_off = async {
        while !disk.is_off() {
            engine.sleep(Duration::from_secs(1)).await;
        }
    };
    let (mut work, mut is_off) = (pin!(work), pin!(is_off));
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending => is_off.as_mut().poll(cx),
    })
    .await;
}

fn simulation(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<write>(|(word,)| word)
        .takes(Duration::from_millis(1_500));
    sim.with_engine(|builder| builder.max_recoveries(1_000));
    sim
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let cuts = std::env::var("FLOWSTONE_CUTS").map_or(60, |cuts| cuts.parse().expect("a number"));
    for seed in 0_u64..cuts / CUTS_OF_RUN {
        let disk = LossyDisk::new(seed);
        let mut sim = simulation(seed);
        let of_run = disk.clone();
        sim.with_store(move || of_run.store().expect("it opens"));
        sim.run(async |mut engine| {
            let mut numbers = Numbers::new(seed);
            let mut known = Acknowledged::default();
            for cut in 0..CUTS_OF_RUN {
                disk.cut_after(numbers.up_to(400));
                let work = known.work(&engine, &mut numbers, cut);
                until_the_power_goes(work, &engine, &disk).await;
                for _ in 0..numbers.below(3) {
                    // It goes again while the file is opened.
                    disk.power_on();
                    disk.cut_after(numbers.up_to(40));
                    drop(disk.store());
                    disk.cut();
                }
                disk.power_on();
                engine = engine.crash().await;
                known.check(&engine).await;
            }
            known.end(&engine, &mut numbers).await;
            known.check(&engine).await;
        });
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_a_store_that_fails() {
    for seed in 0..20 {
        let mut sim = simulation(seed);
        sim.with_store(move || {
            FaultyStore::new(MemoryStore::new())
                .fails_at_random(seed, 8)
                .fails_to_reopen(2)
        });
        sim.run(async |engine| {
            let mut numbers = Numbers::new(seed);
            let mut known = Acknowledged::default();
            for round in 0..5 {
                known.work(&engine, &mut numbers, round).await;
                engine.sleep(Duration::from_secs(10)).await;
                known.check(&engine).await;
            }
            let recoveries = engine.health().recoveries;
            assert!(recoveries > 3, "{recoveries}");
        });
        // No attempt was made twice, whatever failed.
        let mut attempts = BTreeMap::new();
        for row in sim.ledger().rows() {
            *attempts
                .entry((&row.idempotency_key, row.attempt))
                .or_insert(0) += 1;
        }
        assert!(
            attempts.values().all(|times| *times == 1),
            "{}",
            sim.ledger()
        );
    }
}
