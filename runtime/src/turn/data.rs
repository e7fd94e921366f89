//! Values that the flow puts and removes: rows of their own, written with the step.

use super::Write;
use super::draft::Draft;
use crate::ids::DataKey;
use crate::payload::Payload;
use crate::record::Datum;

pub(super) fn put(draft: &mut Draft<'_>, name: DataKey, value: Payload) {
    // Its number grows with each turn, also over restarts of the flow.
    let version = draft.hot.turn.0.saturating_add(1);
    draft.writes.push(Write::Datum {
        key: draft.key,
        name,
        datum: Datum { version, value },
    });
}

pub(super) fn remove(draft: &mut Draft<'_>, name: DataKey) {
    let key = draft.key;
    draft.writes.push(Write::DropDatum { key, name });
}
