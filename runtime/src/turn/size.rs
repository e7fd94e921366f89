//! The sizes of what is about to be stored.

use bytes::Bytes;

use crate::machine::{frames, outputs};
use crate::payload::{Fields, Payload};
use crate::record::ParkReason;

/// The first of `fields` over `limit_bytes`, and its size.
#[must_use]
pub fn oversized_field(fields: &Fields, limit_bytes: usize) -> Option<(String, usize)> {
    if fields.bytes().len() <= limit_bytes {
        return None;
    }
    fields
        .iter()
        .map(|(name, value)| (name.to_owned(), value.bytes().len()))
        .find(|(_, size_bytes)| *size_bytes > limit_bytes)
}

/// The value over `limit_bytes` in a frame, or in the frames of what it calls
/// and of its blocks, or among the outputs of operands.
pub(super) fn oversized_local(flow: &str, frame: &Bytes, limit_bytes: usize) -> Option<ParkReason> {
    if frame.len() <= limit_bytes {
        return None;
    }
    let kept = frames(frame)?.iter().find_map(|frame| {
        let (name, size_bytes) = oversized_field(&frame.locals, limit_bytes)?;
        let what = format!("`{name}`, kept by {flow} at `{}`,", frame.label);
        Some(ParkReason::too_large(what, size_bytes, limit_bytes))
    });
    kept.or_else(|| {
        outputs(frame)?.iter().find_map(|(label, output)| {
            oversized(output, limit_bytes, || {
                format!("what `{label}` came to in a `join!` of {flow}")
            })
        })
    })
}

/// That one value is over `limit_bytes`.
pub(super) fn oversized(
    value: &Payload,
    limit_bytes: usize,
    what: impl FnOnce() -> String,
) -> Option<ParkReason> {
    let size_bytes = value.bytes().len();
    (size_bytes > limit_bytes).then(|| ParkReason::too_large(what(), size_bytes, limit_bytes))
}
