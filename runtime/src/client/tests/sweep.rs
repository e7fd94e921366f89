//! A crash after each single write of the store: the instance goes on, nothing
//! acknowledged is lost, no effect whose outcome was stored happens again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::support::*;
use crate::store::{Counters, Left, MemoryStore, Store, StoreError, View};
use crate::turn::Write;

/// A store that the process loses after so many writes.
#[derive(Debug, Clone)]
pub(super) struct Dying {
    pub(super) store: MemoryStore,
    pub(super) left: Arc<AtomicUsize>,
}

impl Store for Dying {
    fn begin(&self) -> Result<Left, StoreError> {
        self.store.begin()
    }
    fn end(&self) -> Result<(), StoreError> {
        self.store.end()
    }
    fn abandon(&self) {}
    fn reopen(&self) -> Result<(), StoreError> {
        Err(StoreError::Closed)
    }
    fn counters(&self) -> Result<Counters, StoreError> {
        self.store.counters()
    }
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        let taken = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        taken.map_err(|_| StoreError::Closed)?;
        self.store.commit(batch)
    }
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.store.view()
    }
}

fn steps() -> Vec<Do> {
    let receive = || Do::Receive("numbers".into());
    vec![
        echo(1),
        receive(),
        Do::Sleep(1),
        Do::Act(How::FailUntil(2)),
        receive(),
        echo(2),
    ]
}

/// Starts the instance and sends it two messages, until the store dies.
async fn act(engine: &crate::Engine, sent: &mut u32) -> Result<Vec<Value>, ()> {
    let handle = engine.start("a", script(steps())).await.map_err(|_| ())?;
    while *sent < 2 {
        handle.send(NUMBERS, *sent).await.map_err(|_| ())?;
        *sent += 1;
    }
    // Nobody is told when the store died: health is.
    loop {
        tokio::select! {
            biased;
            result = handle.result() => return result.map_err(|_| ()),
            () = tokio::task::yield_now() => {
                if engine.health().condition != crate::engine::Condition::Running {
                    return Err(());
                }
            }
        }
    }
}

#[tokio::test]
async fn a_crash_after_each_write() {
    let mut whole = false;
    for writes in 0..40 {
        let world = World::default();
        let memory = MemoryStore::new();
        let left = Arc::new(AtomicUsize::new(writes));
        let dying = Dying {
            store: memory.clone(),
            left,
        };
        let one = engine(&world, dying).await;
        let mut sent = 0;
        let first = act(&one, &mut sent).await;
        drop(one);
        let two = engine(&world, memory.clone()).await;
        sound(&two).await;
        let result = match first {
            Ok(result) => {
                whole = true;
                result
            }
            Err(()) => act(&two, &mut sent).await.unwrap(),
        };
        let expected = [
            json!({"Ok": 1}),
            json!(0),
            json!("fired"),
            json!({"Ok": 2}),
            json!(1),
            json!({"Ok": 2}),
        ];
        assert_eq!(result, expected, "crash after {writes} writes");
        let mut ledger = world.ledger();
        let made = ledger.len();
        ledger.sort();
        ledger.dedup();
        assert_eq!(
            ledger.len(),
            made,
            "crash after {writes} writes: {:?}",
            world.ledger()
        );
        sound(&two).await;
    }
    assert!(whole, "40 writes are enough for a whole run");
}
