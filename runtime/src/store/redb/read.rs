//! Reading one point in time of the file.

use std::cell::OnceCell;
use std::ops::Bound;
use std::path::Path;

use bytes::Bytes;
use redb::{ReadOnlyTable, ReadTransaction, ReadableTable};

use super::open::{caught, typed};
use super::tables::{
    ACTIVE, CHILDREN, CHUNKS, DATA, ENDED, GARBAGE, HOT, IDS, INBOX, INSTANCES, JOURNAL, META,
    NEXT_KEY, NEXT_SEQ, SEEN, TIMERS,
};
use crate::ids::{DataKey, InstanceId, InstanceKey, LeafId};
use crate::payload::Payload;
use crate::record::{ChunkNo, Datum, Due, Entry, Hot, Instance, JournalSeq};
use crate::store::{Belongings, Counters, StoreError, View};
use crate::time::Timestamp;

type Result<T, E = redb::Error> = std::result::Result<T, E>;

pub(super) fn counters(view: &ReadTransaction) -> Result<Counters> {
    let meta = view.open_table(META)?;
    let next_key = meta.get(NEXT_KEY)?.map_or(0, |next| next.value());
    let bound = meta.get(NEXT_SEQ)?.map_or(0, |next| next.value());
    let journal = view.open_table(JOURNAL)?;
    let after_last = journal.last()?.map_or(0, |(seq, _)| seq.value() + 1);
    Ok(Counters {
        next_key: InstanceKey(next_key),
        next_seq: JournalSeq(after_last.max(bound)),
    })
}

pub(super) struct RedbView<'a> {
    transaction: ReadTransaction,
    path: &'a Path,
    /// The tables of instances and their states, once one was read: opening them costs
    /// more than a row does.
    states: OnceCell<States>,
}

struct States {
    instances: Rows,
    hot: Rows,
}

type Rows = ReadOnlyTable<u64, &'static [u8]>;

impl<'a> RedbView<'a> {
    pub(super) fn new(transaction: ReadTransaction, path: &'a Path) -> Self {
        Self {
            transaction,
            path,
            states: OnceCell::new(),
        }
    }

    fn read<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T>) -> Result<T, StoreError> {
        let typed = |error| typed(self.path, error);
        caught(self.path, || read(&self.transaction).map_err(typed))
    }

    fn row(&self, key: InstanceKey) -> Result<Option<(Bytes, Bytes)>, StoreError> {
        self.read(|view| {
            if self.states.get().is_none() {
                let (instances, hot) = (view.open_table(INSTANCES)?, view.open_table(HOT)?);
                let _ = self.states.set(States { instances, hot });
            }
            let Some(states) = self.states.get() else {
                return Ok(None);
            };
            let row =
                |rows: &Rows| -> Result<_> { Ok(rows.get(key.0)?.map(|row| owned(row.value()))) };
            Ok(row(&states.instances)?.zip(row(&states.hot)?))
        })
    }

    fn chunk(&self, key: InstanceKey, no: ChunkNo) -> Result<Option<Bytes>, StoreError> {
        self.read(|view| {
            let row = view.open_table(CHUNKS)?.get((key.0, no.0))?;
            Ok(row.map(|row| owned(row.value())))
        })
    }
}

impl View for RedbView<'_> {
    fn find(&self, id: &InstanceId) -> Result<Option<InstanceKey>, StoreError> {
        self.read(|view| {
            let row = view.open_table(IDS)?.get(id.as_str())?;
            Ok(row.map(|key| InstanceKey(key.value())))
        })
    }

    fn load(&self, key: InstanceKey) -> Result<Option<(Instance, Hot)>, StoreError> {
        let Some((instance, hot)) = self.row(key)? else {
            return Ok(None);
        };
        let instance = Instance::decode(&instance)?;
        let hot = Hot::decode(&hot, |no| self.chunk(key, no))?;
        Ok(Some((instance, hot)))
    }

    fn due(
        &self,
        after: Option<Due>,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError> {
        let row = |due: Due| (due.at.as_micros(), due.key.0, due.leaf.0);
        let first = after.map(row).map_or(Bound::Unbounded, Bound::Excluded);
        let last = Bound::Included((until.as_micros(), u64::MAX, u64::MAX));
        if after.is_some_and(|after| after.at > until) {
            return Ok(Vec::new());
        }
        self.read(|view| {
            let table = view.open_table(TIMERS)?;
            let rows = table.range::<(i64, u64, u64)>((first, last))?;
            rows.take(limit)
                .map(|row| {
                    let (at, key, leaf) = row?.0.value();
                    Ok(Due {
                        at: Timestamp::from_micros(at),
                        key: InstanceKey(key),
                        leaf: LeafId(leaf),
                    })
                })
                .collect()
        })
    }

    fn active(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.read(|view| {
            let table = view.open_table(ACTIVE)?;
            let rows = table.range(first_after(after)..)?;
            rows.take(limit)
                .map(|row| Ok(InstanceKey(row?.0.value())))
                .collect()
        })
    }

    fn message(
        &self,
        key: InstanceKey,
        channel: &str,
        seq: u64,
    ) -> Result<Option<Payload>, StoreError> {
        self.read(|view| {
            let row = view.open_table(INBOX)?.get((key.0, channel, seq))?;
            Ok(row.map(|row| Payload::from_bytes(owned(row.value()))))
        })
    }

    fn has_seen(&self, key: InstanceKey, message_id: &str) -> Result<bool, StoreError> {
        self.read(|view| {
            let table = view.open_table(SEEN)?;
            Ok(table.get((key.0, message_id))?.is_some())
        })
    }

    fn datum(&self, key: InstanceKey, name: &DataKey) -> Result<Option<Datum>, StoreError> {
        let row = self.read(|view| {
            let row = view.open_table(DATA)?.get((key.0, name.as_str()))?;
            Ok(row.map(|row| owned(row.value())))
        })?;
        Ok(row.map(|row| Datum::decode(&row)).transpose()?)
    }

    fn entry(&self, seq: JournalSeq) -> Result<Option<Entry>, StoreError> {
        let row = self.read(|view| {
            let row = view.open_table(JOURNAL)?.get(seq.0)?;
            Ok(row.map(|row| owned(row.value())))
        })?;
        Ok(row.map(|row| Entry::decode(&row)).transpose()?)
    }

    fn instances(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.read(|view| {
            let table = view.open_table(INSTANCES)?;
            let rows = table.range(first_after(after)..)?;
            rows.take(limit)
                .map(|row| Ok(InstanceKey(row?.0.value())))
                .collect()
        })
    }

    fn children(
        &self,
        of: InstanceKey,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        self.read(|view| {
            let table = view.open_table(CHILDREN)?;
            let rows = table.range((of.0, first_after(after))..=(of.0, u64::MAX))?;
            rows.take(limit)
                .map(|row| Ok(InstanceKey(row?.0.value().1)))
                .collect()
        })
    }

    fn ended(&self, until: Timestamp, limit: usize) -> Result<Vec<InstanceKey>, StoreError> {
        self.read(|view| {
            let table = view.open_table(ENDED)?;
            let rows = table.range(..=(until.as_micros(), u64::MAX))?;
            rows.take(limit)
                .map(|row| Ok(InstanceKey(row?.0.value().1)))
                .collect()
        })
    }

    fn has_garbage(&self) -> Result<bool, StoreError> {
        self.read(|view| Ok(view.open_table(GARBAGE)?.first()?.is_some()))
    }

    fn belongings(&self, key: InstanceKey) -> Result<Belongings, StoreError> {
        self.read(|view| {
            let chunks = view.open_table(CHUNKS)?;
            let chunks = chunks.range((key.0, 0)..=(key.0, u32::MAX))?;
            let inbox = view.open_table(INBOX)?;
            let messages = inbox.range((key.0, "", 0)..(key.0 + 1, "", 0))?;
            let data = view.open_table(DATA)?;
            let data = data.range((key.0, "")..(key.0 + 1, ""))?;
            Ok(Belongings {
                chunks: chunks
                    .map(|row| {
                        let (place, bytes) = row?;
                        Ok((ChunkNo(place.value().1), owned(bytes.value())))
                    })
                    .collect::<Result<_>>()?,
                messages: messages
                    .map(|row| {
                        let (place, _) = row?;
                        let (_, channel, seq) = place.value();
                        Ok((channel.to_owned(), seq))
                    })
                    .collect::<Result<_>>()?,
                data: data
                    .map(|row| Ok(row?.0.value().1.to_owned()))
                    .collect::<Result<_>>()?,
            })
        })
    }
}

fn first_after(after: Option<InstanceKey>) -> u64 {
    after.map_or(0, |key| key.0.saturating_add(1))
}

fn owned(row: &[u8]) -> Bytes {
    Bytes::copy_from_slice(row)
}
