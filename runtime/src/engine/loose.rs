//! What belongs to an instance beside its state and may not be in the store yet when it is
//! asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::slots::Slots;
use crate::ids::{DataKey, InstanceKey};
use crate::payload::Payload;
use crate::record::Datum;
use crate::store::{Store, StoreError};
use crate::turn::Write;

/// What belongs to an instance.
#[derive(Default)]
pub(super) struct Loose {
    /// Messages.
    pub(super) unread: Vec<Unread>,
    /// Ids of messages, and the batch of each.
    pub(super) seen: Vec<(u64, Arc<str>)>,
    /// Values, and the batch of each.
    pub(super) data: BTreeMap<DataKey, Vec<(u64, Option<Datum>)>>,
}

pub(super) struct Unread {
    pub(super) channel: Arc<str>,
    pub(super) seq: u64,
    pub(super) payload: Payload,
    pub(super) batch: u64,
}

/// A value that its flow put, or removed.
pub(super) struct Landed {
    pub(super) name: DataKey,
    pub(super) datum: Option<Datum>,
}

impl Slots {
    /// Keeps what the store may not have yet when it is asked for.
    pub(super) fn keep_unread(&mut self, write: &Write, batch: u64) {
        match write {
            Write::Message {
                key,
                channel,
                seq,
                payload,
            } => {
                if let Some(loose) = self.loose_mut(*key) {
                    loose.unread.push(Unread {
                        channel: Arc::clone(channel),
                        seq: *seq,
                        payload: payload.clone(),
                        batch,
                    });
                }
            }
            Write::Seen { key, message_id } => {
                if let Some(loose) = self.loose_mut(*key) {
                    loose.seen.push((batch, Arc::clone(message_id)));
                }
            }
            Write::Datum { key, name, datum } => {
                self.keep_datum(*key, name, Some(datum.clone()), batch);
            }
            Write::DropDatum { key, name } => self.keep_datum(*key, name, None, batch),
            _ => {}
        }
    }

    fn keep_datum(&mut self, key: InstanceKey, name: &DataKey, datum: Option<Datum>, batch: u64) {
        if let Some(loose) = self.loose_mut(key) {
            let values = loose.data.entry(name.clone()).or_default();
            // Only the last of a batch ever gets to the store.
            values.pop_if(|(of, _)| *of == batch);
            values.push((batch, datum));
        }
    }

    /// A value that the flow put, which may be on its way to the store.
    pub(super) fn datum(
        &self,
        store: &dyn Store,
        key: InstanceKey,
        name: &DataKey,
    ) -> Result<Option<Datum>, StoreError> {
        let values = self.loose(key).and_then(|loose| loose.data.get(name));
        match values.and_then(|values| values.last()) {
            Some((_, datum)) => Ok(datum.clone()),
            None => store.view()?.datum(key, name),
        }
    }

    /// Whether the instance has got the message that its sender calls so.
    pub(super) fn has_seen(
        &self,
        store: &dyn Store,
        key: InstanceKey,
        message_id: &str,
    ) -> Result<bool, StoreError> {
        let mut seen = self.loose(key).into_iter().flat_map(|loose| &loose.seen);
        if seen.any(|(_, seen)| **seen == *message_id) {
            return Ok(true);
        }
        store.view()?.has_seen(key, message_id)
    }

    /// A stored message, which may be on its way to the store.
    pub(super) fn message(
        &self,
        store: &dyn Store,
        key: InstanceKey,
        channel: &str,
        seq: u64,
    ) -> Result<Option<Payload>, StoreError> {
        let loose = self.loose(key).into_iter();
        let mut unread = loose.flat_map(|loose| loose.unread.iter().rev());
        // The newest of that number counts: an emptied channel numbers anew.
        match unread.find(|unread| *unread.channel == *channel && unread.seq == seq) {
            Some(unread) => Ok(Some(unread.payload.clone())),
            None => store.view()?.message(key, channel, seq),
        }
    }
}

impl Loose {
    pub(super) fn is_empty(&self) -> bool {
        self.unread.is_empty() && self.seen.is_empty() && self.data.is_empty()
    }

    /// Lets go of what is durable now; gives the values of it, those of one name in their
    /// order.
    pub(super) fn land(&mut self, committed: u64) -> Vec<Landed> {
        self.unread.retain(|unread| unread.batch > committed);
        self.seen.retain(|(batch, _)| *batch > committed);
        let mut all = Vec::new();
        self.data.retain(|name, values| {
            let landed = values.extract_if(.., |(batch, _)| *batch <= committed);
            all.extend(landed.map(|(_, datum)| Landed {
                name: name.clone(),
                datum,
            }));
            !values.is_empty()
        });
        all
    }
}
