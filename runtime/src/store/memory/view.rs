//! Reading the maps.

use std::ops::Bound;
use std::sync::{Arc, RwLockReadGuard};

use super::Content;
use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::record::{ChunkNo, Datum, Due, Entry, Hot, Instance, JournalSeq};
use crate::store::{Belongings, StoreError, View};
use crate::time::Timestamp;

pub(super) struct MemoryView<'a>(pub(super) RwLockReadGuard<'a, Content>);

impl View for MemoryView<'_> {
    fn find(&self, id: &InstanceId) -> Result<Option<InstanceKey>, StoreError> {
        Ok(self.0.ids.get(id).copied())
    }

    fn load(&self, key: InstanceKey) -> Result<Option<(Instance, Hot)>, StoreError> {
        let instance = self.0.instances.get(&key).map(|found| (**found).clone());
        let hot = self.0.hot.get(&key).map(|found| (**found).clone());
        Ok(instance.zip(hot))
    }

    fn due(
        &self,
        after: Option<Due>,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError> {
        let first = after.map_or(Bound::Unbounded, Bound::Excluded);
        let due = self.0.timers.range((first, Bound::Unbounded));
        let due = due.take_while(|due| due.at <= until);
        Ok(due.take(limit).copied().collect())
    }

    fn active(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        let active = self.0.active.range(first_after(after)..);
        Ok(active.take(limit).copied().collect())
    }

    fn message(
        &self,
        key: InstanceKey,
        channel: &str,
        seq: u64,
    ) -> Result<Option<Payload>, StoreError> {
        let place = (key, Arc::from(channel), seq);
        Ok(self.0.messages.get(&place).cloned())
    }

    fn has_seen(&self, key: InstanceKey, message_id: &str) -> Result<bool, StoreError> {
        Ok(self.0.seen.contains(&(key, Arc::from(message_id))))
    }

    fn datum(&self, key: InstanceKey, name: &DataKey) -> Result<Option<Datum>, StoreError> {
        Ok(self.0.data.get(&(key, name.clone())).cloned())
    }

    fn entry(&self, seq: JournalSeq) -> Result<Option<Entry>, StoreError> {
        Ok(self.0.journal.get(&seq).cloned())
    }

    fn instances(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        let keys = self.0.instances.range(first_after(after)..);
        Ok(keys.take(limit).map(|(key, _)| *key).collect())
    }

    fn children(
        &self,
        of: InstanceKey,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        let all = (of, first_after(after))..=(of, InstanceKey(u64::MAX));
        let all = self.0.children.range(all);
        Ok(all.take(limit).map(|(_, child)| *child).collect())
    }

    fn ended(&self, until: Timestamp, limit: usize) -> Result<Vec<InstanceKey>, StoreError> {
        let ended = self.0.ended.iter().take_while(|(at, _)| *at <= until);
        Ok(ended.take(limit).map(|(_, key)| *key).collect())
    }

    fn has_garbage(&self) -> Result<bool, StoreError> {
        Ok(!self.0.garbage.is_empty())
    }

    fn belongings(&self, key: InstanceKey) -> Result<Belongings, StoreError> {
        let chunks = self.0.chunks.range((key, ChunkNo(0))..);
        let messages = self.0.messages.range((key, Arc::from(""), 0)..);
        let data = self.0.data.range((key, DataKey::status())..);
        Ok(Belongings {
            chunks: chunks
                .take_while(|((owner, _), _)| *owner == key)
                .map(|((_, no), bytes)| (*no, bytes.clone()))
                .collect(),
            messages: messages
                .take_while(|((owner, _, _), _)| *owner == key)
                .map(|((_, channel, seq), _)| (channel.to_string(), *seq))
                .collect(),
            data: data
                .take_while(|((owner, _), _)| *owner == key)
                .map(|((_, name), _)| name.as_str().to_owned())
                .collect(),
        })
    }
}

fn first_after(after: Option<InstanceKey>) -> InstanceKey {
    after.map_or(InstanceKey(0), |key| InstanceKey(key.0.saturating_add(1)))
}
