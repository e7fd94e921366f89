//! Calls that wait until others have ended, as rows of the instance that makes them: many
//! in one row, so that ten thousand cost little. They lie among its messages, in channels
//! that no flow can name.
//!
//! A row is a list: the length of each call's arguments as a variable-length integer
//! (LEB128), then these.

use std::ops::Range;
use std::sync::Arc;

use super::Write;
use super::draft::Draft;
use crate::ids::{InstanceKey, LeafId};
use crate::payload::{Fields, Payload, put_varint, varint};
use crate::record::{Held, Leaf};

/// About so large is a row.
const ROW_BYTES: usize = 16 * 1024;
/// So many calls are in one at most.
const MAX_IN_ROW: usize = 64;

/// Writes them to rows.
pub(super) fn put(draft: &mut Draft<'_>, leaf: LeafId, calls: &[&Fields]) -> Held {
    let in_row = in_row(calls.iter().copied());
    let rows = calls.rchunks(in_row).map(encode);
    draft
        .writes
        .extend(put_rows(draft.key, channel(leaf), rows));
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    draft.hot.children += number(calls.len());
    Held {
        calls: number(calls.len()),
        in_row: number(in_row),
        last_child: draft.hot.children,
    }
}

/// How many of what is called with these are in one row.
pub(super) fn in_row<'a>(arguments: impl Iterator<Item = &'a Fields>) -> usize {
    let largest = arguments.map(|fields| fields.bytes().len()).max();
    (ROW_BYTES / largest.unwrap_or(0).max(1)).clamp(1, MAX_IN_ROW)
}

/// The writes of rows among the messages of an instance.
pub(super) fn put_rows(
    key: InstanceKey,
    channel: Arc<str>,
    rows: impl Iterator<Item = Payload>,
) -> impl Iterator<Item = Write> {
    (0..).zip(rows).map(move |(seq, payload)| Write::Message {
        key,
        channel: Arc::clone(&channel),
        seq,
        payload,
    })
}

/// The writes that drop the rows of these numbers.
pub(super) fn drop_rows(
    key: InstanceKey,
    channel: Arc<str>,
    gone: Range<u64>,
) -> impl Iterator<Item = Write> {
    gone.map(move |seq| Write::DropMessage {
        key,
        channel: Arc::clone(&channel),
        seq,
    })
}

fn encode(calls: &[&Fields]) -> Payload {
    let mut bytes = Vec::new();
    for call in calls.iter().rev() {
        put_varint(&mut bytes, call.bytes().len());
        bytes.extend_from_slice(call.bytes());
    }
    Payload::from_bytes(bytes.into())
}

/// The call at this place of a row.
pub fn call(row: &Payload, place: u64) -> Option<Fields> {
    let (bytes, mut at) = (row.bytes(), 0);
    for passed in 0.. {
        let len = varint(bytes, &mut at)?;
        let end = at.checked_add(len).filter(|end| *end <= bytes.len())?;
        if passed == place {
            return Some(Fields::from_bytes(bytes.slice(at..end)));
        }
        at = end;
    }
    None
}

/// Where the calls of a leaf lie.
pub(super) fn channel(leaf: LeafId) -> Arc<str> {
    format!("\0{}", leaf.0).into()
}

/// The leaf whose calls lie there, if it is such a place.
pub(super) fn leaf(channel: &str) -> Option<LeafId> {
    channel.strip_prefix('\0')?.parse().ok().map(LeafId)
}

/// The rows of an instance that waits for this leaf: channel and number.
pub fn rows(leaf: &Leaf) -> impl Iterator<Item = (Arc<str>, u64)> {
    let channel = channel(leaf.id);
    (0..leaf.held_rows()).map(move |seq| (Arc::clone(&channel), seq))
}
