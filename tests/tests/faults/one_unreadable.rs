//! Cases 27 and 35: an instance whose rows cannot be read, for which opening failed, or
//! which stopped the recovery of all others (aion#215, dbos-java#513). The engine opens and
//! the others finish; whoever asks for that one is told.

use flowstone::client::LookError;
use flowstone::prelude::*;
use flowstone::record::{Damaged, Datum, Due, Entry, Hot, Instance, JournalSeq};
use flowstone::store::{Belongings, Counters, Left, MemoryStore, Store, StoreError, View};
use flowstone::turn::Write;
use flowstone::{DataKey, InstanceKey, Payload};

const GO: Channel<u32> = Channel::new("unreadable-go");

#[action(name = "unreadable-work")]
async fn work(n: u32) -> u32 {
    n
}

/// Is active, sleeps, or waits for a message when its process ends.
#[flow]
async fn stands(n: u32) -> u32 {
    let pause = Duration::from_millis(n.is_multiple_of(2).into());
    flow::sleep(pause).await;
    let worked = work(n).await;
    worked + flow::receive(GO).await
}

/// The first instance of it cannot be read.
#[derive(Debug)]
struct Spoiled(MemoryStore);

struct SpoiledView<'a>(Box<dyn View + 'a>);

const FIRST: InstanceKey = InstanceKey(0);

/// Whoever asks for that one is told why, and that asking again does not help.
async fn told(engine: &Engine, id: &str) {
    let look = engine.describe(id).await.expect_err("it cannot be read");
    assert!(matches!(look, LookError::Store(_)), "{look}");
    let send = engine.send(id, GO, 1).await;
    let send = send.expect_err("it cannot be read");
    let cancel = engine.cancel(id, "enough").await;
    let cancel = cancel.expect_err("it cannot be read");
    let start = engine.start(id, stands(0)).await;
    let start = start.expect_err("it cannot be read");
    assert!(!send.is_retryable() && !cancel.is_retryable() && !start.is_retryable());
    for text in [send.to_string(), cancel.to_string(), start.to_string()] {
        assert!(text.contains("a stored hot row is damaged"), "{text}");
    }
}

#[tokio::test]
async fn one_that_cannot_be_read_keeps_no_other_from_its_end() {
    for first in 0..2 {
        let store = MemoryStore::new();
        let engine = Engine::builder()
            .store(store.clone())
            .open()
            .await
            .expect("it opens");
        for n in first..first + 6 {
            engine
                .start(format!("s-{n}"), stands(n))
                .await
                .expect("it starts");
        }
        drop(engine);
        let builder = Engine::builder().store(Spoiled(store.clone()));
        let engine = builder.open().await.expect("it opens");
        for n in first + 1..first + 6 {
            let handle = engine.handle::<u32>(format!("s-{n}")).expect("an id");
            handle.send(GO, 1).await.expect("it is there");
            assert_eq!(handle.result().await.expect("it ends"), n + 1);
        }
        told(&engine, &format!("s-{first}")).await;
        let found = engine.check().await.expect("the others can be read");
        assert!(
            found
                .iter()
                .any(|found| found.to_string().contains("cannot be read")),
            "{found:?}"
        );
        let more = engine
            .start("more", stands(1))
            .await
            .expect("the store is open");
        more.send(GO, 1).await.expect("it is there");
        assert_eq!(more.result().await.expect("it ends"), 2);
    }
}

impl Store for Spoiled {
    fn begin(&self) -> Result<Left, StoreError> {
        self.0.begin()
    }
    fn end(&self) -> Result<(), StoreError> {
        self.0.end()
    }
    fn abandon(&self) {
        self.0.abandon();
    }
    fn reopen(&self) -> Result<(), StoreError> {
        self.0.reopen()
    }
    fn counters(&self) -> Result<Counters, StoreError> {
        self.0.counters()
    }
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        self.0.commit(batch)
    }
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        Ok(Box::new(SpoiledView(self.0.view()?)))
    }
}

impl View for SpoiledView<'_> {
    fn find(&self, id: &InstanceId) -> Result<Option<InstanceKey>, StoreError> {
        self.0.find(id)
    }
    fn load(&self, key: InstanceKey) -> Result<Option<(Instance, Hot)>, StoreError> {
        if key == FIRST {
            let source = Damaged { row: "hot" };
            return Err(StoreError::Damaged { source });
        }
        self.0.load(key)
    }
    fn due(
        &self,
        after: Option<Due>,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError> {
        self.0.due(after, until, limit)
    }
    fn active(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.0.active(after, limit)
    }
    fn message(
        &self,
        key: InstanceKey,
        channel: &str,
        seq: u64,
    ) -> Result<Option<Payload>, StoreError> {
        self.0.message(key, channel, seq)
    }
    fn has_seen(&self, key: InstanceKey, message_id: &str) -> Result<bool, StoreError> {
        self.0.has_seen(key, message_id)
    }
    fn datum(&self, key: InstanceKey, name: &DataKey) -> Result<Option<Datum>, StoreError> {
        self.0.datum(key, name)
    }
    fn entry(&self, seq: JournalSeq) -> Result<Option<Entry>, StoreError> {
        self.0.entry(seq)
    }
    fn instances(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.0.instances(after, limit)
    }
    fn children(
        &self,
        of: InstanceKey,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.0.children(of, after, limit)
    }
    fn ended(&self, until: Timestamp, limit: usize) -> Result<Vec<InstanceKey>, StoreError> {
        self.0.ended(until, limit)
    }
    fn has_garbage(&self) -> Result<bool, StoreError> {
        self.0.has_garbage()
    }
    fn belongings(&self, key: InstanceKey) -> Result<Belongings, StoreError> {
        self.0.belongings(key)
    }
}
