//! Messages under random schedules of sends, waits and crashes: each that was
//! accepted is consumed once, in order.
//!
//! A schedule is all that follows from its number, which a failure names; what
//! the engine's threads make of it differs from run to run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::support::*;
use super::sweep::Dying;
use crate::Engine;
use crate::client::{Handle, SendError};
use crate::record::Happening;
use crate::store::MemoryStore;

const SCHEDULES: u64 = 10_000;
const WORKERS: u64 = 4;

/// The numbers that follow from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

/// One instance, and what is known of its messages.
struct Run {
    number: u64,
    dice: Dice,
    store: MemoryStore,
    steps: Vec<Do>,
    /// `None` between two engines.
    handle: Option<Handle<Vec<Value>>>,
    /// How many writes the store still takes.
    left: Arc<AtomicUsize>,
    next: u32,
    accepted: Vec<u32>,
    /// Nobody waited for the answer.
    unknown: Vec<u32>,
}

impl Run {
    async fn new(number: u64) -> Self {
        let mut dice = Dice(number);
        let mut steps = Vec::new();
        for _ in 0..=dice.below(4) {
            steps.push(Do::Receive("numbers".into()));
            match dice.below(3) {
                0 => steps.push(echo("between")),
                1 => steps.push(Do::Sleep(0)),
                _ => {}
            }
        }
        let store = MemoryStore::new();
        let (engine, left) = open(&store).await;
        let call = script(steps.clone());
        let handle = Some(engine.start("a", call).await.unwrap());
        Self {
            number,
            dice,
            store,
            steps,
            handle,
            left,
            next: 0,
            accepted: Vec::new(),
            unknown: Vec::new(),
        }
    }

    async fn act(&mut self) {
        for _ in 0..=self.dice.below(9) {
            match self.dice.below(10) {
                0..4 => {
                    self.send().await;
                }
                4 | 5 => self.send_and_forget(),
                6 => {
                    let writes = usize::try_from(self.dice.below(4)).unwrap();
                    self.left.store(writes, Ordering::SeqCst);
                }
                7 => self.crash().await,
                _ => {
                    for _ in 0..self.dice.below(12) {
                        tokio::task::yield_now().await;
                    }
                }
            }
        }
    }

    /// Sends the next number; false when the instance has ended.
    async fn send(&mut self) -> bool {
        let number = self.next;
        self.next += 1;
        let sent = self.handle().send(NUMBERS, number).await;
        match sent {
            Ok(()) => self.accepted.push(number),
            // This store refuses a batch as a whole.
            Err(SendError::Store(_) | SendError::Stopped) => self.crash().await,
            Err(SendError::Finished { .. }) => return false,
            Err(error) => panic!("schedule {}: {error}", self.number),
        }
        true
    }

    /// Sends the next number and does not wait for the answer.
    fn send_and_forget(&mut self) {
        let number = self.next;
        self.next += 1;
        self.unknown.push(number);
        let handle = self.handle();
        let mut send = Box::pin(handle.send(NUMBERS, number));
        let waker = std::task::Waker::noop();
        let _ = send
            .as_mut()
            .poll(&mut std::task::Context::from_waker(waker));
    }

    async fn crash(&mut self) {
        // The last handle to it ends the engine before.
        self.handle = None;
        let (engine, left) = open(&self.store).await;
        self.handle = Some(engine.handle("a").unwrap());
        self.left = left;
    }

    fn handle(&self) -> Handle<Vec<Value>> {
        self.handle.clone().unwrap()
    }

    /// Lets the instance end, and compares.
    async fn finish(mut self) {
        self.crash().await;
        while self.send().await {}
        let handle = self.handle();
        let result = handle.result().await.unwrap();
        let kinds = self.steps.iter().zip(&result);
        let consumed: Vec<u32> = kinds
            .filter(|(step, _)| matches!(step, Do::Receive(_)))
            .map(|(_, value)| u32::try_from(value.as_u64().unwrap()).unwrap())
            .collect();
        let story = format!(
            "schedule {}: consumed {consumed:?} of accepted {:?} and unanswered {:?}",
            self.number, self.accepted, self.unknown
        );
        assert!(consumed.is_sorted_by(|a, b| a < b), "order, {story}");
        let last = *consumed.last().unwrap();
        let due = self.accepted.iter().filter(|number| **number <= last);
        for number in due {
            assert!(consumed.contains(number), "lost {number}, {story}");
        }
        for number in &consumed {
            let sent = self.accepted.contains(number) || self.unknown.contains(number);
            assert!(sent, "made up {number}, {story}");
        }
        let shown = handle.describe().await.unwrap();
        let stored: u64 = shown.messages.iter().map(|(_, count)| count).sum();
        let taken = consumed.len() + usize::try_from(stored).unwrap();
        let certain = self.accepted.len();
        let possible = certain..=certain + self.unknown.len();
        assert!(possible.contains(&taken), "{stored} stored, {story}");
        let entries = handle.engine().journal("a").await.unwrap();
        let received =
            |entry: &&crate::record::Entry| matches!(entry.what, Happening::Message { .. });
        assert_eq!(
            entries.iter().filter(received).count(),
            consumed.len(),
            "{story}"
        );
        sound(handle.engine()).await;
    }
}

/// An engine on what the store holds; the one before is gone as in a crash.
async fn open(store: &MemoryStore) -> (Engine, Arc<AtomicUsize>) {
    let left = Arc::new(AtomicUsize::new(usize::MAX));
    let dying = Dying {
        store: store.clone(),
        left: Arc::clone(&left),
    };
    let engine = builder(&World::default(), dying).max_recoveries(1_000);
    (engine.open().await.unwrap(), left)
}

#[test]
fn all_that_was_accepted_is_consumed_once_under_ten_thousand_schedules() {
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = { runtime }.enable_all().build().unwrap();
                for number in (worker..SCHEDULES).step_by(4) {
                    runtime.block_on(async {
                        let mut run = Run::new(number).await;
                        run.act().await;
                        run.finish().await;
                    });
                }
            });
        }
    });
}
