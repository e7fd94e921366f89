//! What belongs to an instance beside its state and may not be in the store yet when it is
//! asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ids::DataKey;
use crate::payload::Payload;
use crate::record::Datum;

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
