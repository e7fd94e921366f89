//! The rows that the checks write, and how they read them back.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::payload::{Fields, Payload};
use crate::record::{
    ChunkNo, ChunkRef, Entry, Happening, Hot, Instance, JournalSeq, Leaf, LeafWait, Phase,
};
use crate::store::{Left, Store, View};
use crate::time::Timestamp;
use crate::turn::Write;

pub(super) const READS: &str = "a good store can be read";

pub(super) fn begin(store: &dyn Store) -> Left {
    store.begin().expect("a good store can be marked")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "checks read better without a borrow"
)]
pub(super) fn put(store: &dyn Store, batch: Vec<Write>) {
    store.commit(&batch).expect("a good store commits");
}

pub(super) fn view(store: &dyn Store) -> Box<dyn View + '_> {
    store.view().expect(READS)
}

pub(super) fn found(view: &dyn View, name: &str) -> Option<InstanceKey> {
    view.find(&id(name)).expect(READS)
}

pub(super) fn load(view: &dyn View, key: u64) -> Option<(Instance, Hot)> {
    view.load(InstanceKey(key)).expect(READS)
}

/// Which journal rows of a range there are.
pub(super) fn rows(store: &dyn Store, range: Range<u64>) -> Vec<u64> {
    let view = view(store);
    let is_there = |seq: &u64| view.entry(JournalSeq(*seq)).expect(READS).is_some();
    range.filter(is_there).collect()
}

pub(super) fn id(name: &str) -> InstanceId {
    InstanceId::new(name).expect("names in this suite are valid")
}

pub(super) fn instance(name: &str, seed: u64) -> Instance {
    Instance {
        id: id(name),
        flow: "flow".into(),
        version: 1,
        arguments: Fields::default(),
        created_at: Timestamp::from_micros(1) + Duration::from_secs(seed),
        seed,
        parent: None,
        end: None,
    }
}

pub(super) fn waiting(leaf: u64, channel: &str) -> Hot {
    let mut hot = Hot::new(Bytes::from_static(b"frame"));
    let leaf = Leaf {
        id: LeafId(leaf),
        flow: "flow".into(),
        label: "label".into(),
        since: Timestamp::default(),
        wait: LeafWait::Message {
            channel: channel.into(),
        },
        shielded: false,
    };
    hot.phase = Phase::Waiting(leaf.into());
    hot
}

pub(super) fn create(instance: &Instance, key: u64, hot: &Hot) -> Vec<Write> {
    let key = InstanceKey(key);
    let instance = Arc::new(instance.clone());
    let hot = Arc::new(hot.clone());
    vec![Write::Create { key, instance }, Write::Hot { key, hot }]
}

pub(super) fn remove(instance: &Instance, key: u64, journal: Option<u64>) -> Write {
    Write::Remove {
        key: InstanceKey(key),
        instance: Arc::new(instance.clone()),
        journal: journal.map(JournalSeq),
    }
}

pub(super) fn sweep() -> Write {
    Write::Sweep { rows: 100 }
}

pub(super) fn row(key: u64, seq: u64, previous: Option<u64>) -> Write {
    Write::Journal {
        seq: JournalSeq(seq),
        entry: Box::new(Entry {
            key: InstanceKey(key),
            previous: previous.map(JournalSeq),
            at: Timestamp::default(),
            what: Happening::Started,
        }),
    }
}

pub(super) fn mail(key: u64, channel: &str, seq: u64) -> Write {
    Write::Message {
        key: InstanceKey(key),
        channel: channel.into(),
        seq,
        payload: text(&format!("{channel}{seq}")),
    }
}

pub(super) fn unmail(key: u64, channel: &str, seq: u64) -> Write {
    Write::DropMessage {
        key: InstanceKey(key),
        channel: channel.into(),
        seq,
    }
}

pub(super) fn text(text: &str) -> Payload {
    Payload::from_bytes(Bytes::copy_from_slice(text.as_bytes()))
}

pub(super) fn piece(no: u32, len_bytes: u32) -> ChunkRef {
    let no = ChunkNo(no);
    ChunkRef { no, len_bytes }
}

pub(super) fn chunk(no: u32, bytes: &'static [u8]) -> Write {
    Write::Chunk {
        key: InstanceKey(1),
        no: ChunkNo(no),
        bytes: Bytes::from_static(bytes),
    }
}
