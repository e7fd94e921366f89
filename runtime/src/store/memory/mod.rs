//! The model store: everything in maps, nothing outlives the process.
//!
//! It is the simplest thing that fulfils the contract, and so the oracle that
//! other stores are compared with. It keeps its content over
//! [`end`](Store::end) and [`abandon`](Store::abandon), so that a test can
//! open it again as if a file were there.

mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use bytes::Bytes;

use self::view::MemoryView;
use super::{Counters, Left, Store, StoreError, View};
use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::record::{ChunkNo, Datum, Due, Entry, Hot, Instance, JournalSeq};
use crate::time::Timestamp;
use crate::turn::Write;

/// A store in memory. Clones share their content.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<RwLock<Content>>);

#[derive(Debug, Default)]
struct Content {
    in_use: bool,
    next_key: u64,
    next_seq: u64,
    ids: BTreeMap<InstanceId, InstanceKey>,
    instances: BTreeMap<InstanceKey, Arc<Instance>>,
    hot: BTreeMap<InstanceKey, Arc<Hot>>,
    chunks: BTreeMap<(InstanceKey, ChunkNo), Bytes>,
    active: BTreeSet<InstanceKey>,
    timers: BTreeSet<Due>,
    seen: BTreeSet<(InstanceKey, Arc<str>)>,
    messages: BTreeMap<(InstanceKey, Arc<str>, u64), Payload>,
    data: BTreeMap<(InstanceKey, DataKey), Datum>,
    journal: BTreeMap<JournalSeq, Entry>,
    /// Parent and child.
    children: BTreeSet<(InstanceKey, InstanceKey)>,
    ended: BTreeSet<(Timestamp, InstanceKey)>,
    garbage: BTreeMap<InstanceKey, Option<JournalSeq>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A panic of another thread cannot leave the content half written: no
    /// code but this file's runs while it is locked.
    fn write(&self) -> RwLockWriteGuard<'_, Content> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> RwLockReadGuard<'_, Content> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn begin(&self) -> Result<Left, StoreError> {
        let was_in_use = std::mem::replace(&mut self.write().in_use, true);
        Ok(if was_in_use {
            Left::Crashed
        } else {
            Left::InOrder
        })
    }

    fn end(&self) -> Result<(), StoreError> {
        self.write().in_use = false;
        Ok(())
    }

    fn abandon(&self) {}

    fn reopen(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        let content = self.read();
        Ok(Counters {
            next_key: InstanceKey(content.next_key),
            next_seq: JournalSeq(content.next_seq),
        })
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        let mut content = self.write();
        for write in batch {
            content.apply(write);
        }
        Ok(())
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        Ok(Box::new(MemoryView(self.read())))
    }
}

impl Content {
    fn apply(&mut self, write: &Write) {
        match write.clone() {
            Write::Create { key, instance } => {
                self.next_key = self.next_key.max(key.0 + 1);
                self.ids.insert(instance.id.clone(), key);
                if let Some(parent) = &instance.parent {
                    self.children.insert((parent.key, key));
                }
                self.instances.insert(key, instance);
            }
            Write::Change { key, instance } | Write::End { key, instance } => {
                self.instances.insert(key, instance);
            }
            Write::Expires { key, at } => {
                self.ended.insert((at, key));
            }
            Write::Hot { key, hot } => {
                self.hot.insert(key, hot);
            }
            Write::Chunk { key, no, bytes } => {
                self.chunks.insert((key, no), bytes);
            }
            Write::DropChunk { key, no } => {
                self.chunks.remove(&(key, no));
            }
            Write::Active { key, active: true } => {
                self.active.insert(key);
            }
            Write::Active { key, active: false } => {
                self.active.remove(&key);
            }
            Write::Timer(due) => {
                self.timers.insert(due);
            }
            Write::DropTimer(due) => {
                self.timers.remove(&due);
            }
            mail @ (Write::Message { .. } | Write::Seen { .. } | Write::DropMessage { .. }) => {
                self.apply_mail(mail);
            }
            Write::Datum { key, name, datum } => {
                self.data.insert((key, name), datum);
            }
            Write::DropDatum { key, name } => {
                self.data.remove(&(key, name));
            }
            Write::Journal { seq, entry } => {
                self.next_seq = self.next_seq.max(seq.0 + 1);
                self.journal.insert(seq, *entry);
            }
            Write::TrimJournal { key, last, keep } => self.trim(key, Some(last), keep),
            Write::Remove {
                key,
                instance,
                journal,
            } => self.remove(key, &instance, journal),
            Write::Sweep { .. } => self.sweep(),
        }
    }

    fn apply_mail(&mut self, write: Write) {
        match write {
            Write::Message {
                key,
                channel,
                seq,
                payload,
            } => {
                self.messages.insert((key, channel, seq), payload);
            }
            Write::Seen { key, message_id } => {
                self.seen.insert((key, message_id));
            }
            Write::DropMessage { key, channel, seq } => {
                self.messages.remove(&(key, channel, seq));
            }
            _ => {}
        }
    }

    fn trim(&mut self, key: InstanceKey, last: Option<JournalSeq>, keep: u32) {
        let mut next = last;
        let mut seen = 0;
        while let Some(entry) = next.and_then(|seq| self.journal.get(&seq)) {
            if entry.key != key {
                return;
            }
            let (seq, previous) = (next, entry.previous);
            if seen >= keep
                && let Some(seq) = seq
            {
                self.journal.remove(&seq);
            }
            seen += 1;
            next = previous;
        }
    }

    fn remove(&mut self, key: InstanceKey, instance: &Instance, journal: Option<JournalSeq>) {
        if self.ids.get(&instance.id) == Some(&key) {
            self.ids.remove(&instance.id);
        }
        if let Some(parent) = &instance.parent {
            self.children.remove(&(parent.key, key));
        }
        self.instances.remove(&key);
        self.hot.remove(&key);
        if let Some(end) = &instance.end {
            self.ended.remove(&(end.at, key));
        }
        self.garbage.insert(key, journal);
    }

    fn sweep(&mut self) {
        while let Some((key, journal)) = self.garbage.pop_first() {
            self.trim(key, journal, 0);
            self.chunks.retain(|(owner, _), _| *owner != key);
            self.messages.retain(|(owner, _, _), _| *owner != key);
            self.seen.retain(|(owner, _)| *owner != key);
            self.data.retain(|(owner, _), _| *owner != key);
        }
    }
}
