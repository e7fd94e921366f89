//! A recorded state: part of a journal row.

use std::sync::Arc;

use super::Damaged;
use super::wire::{Reader, Writer};
use crate::ids::DataKey;
use crate::payload::Payload;
use crate::record::datum::Datum;
use crate::record::hot::Hot;
use crate::record::recorded::Recorded;

pub(super) fn write(to: &mut Writer, state: &Recorded) {
    to.number(state.version.into());
    to.bytes(&state.hot.encode());
    to.len(state.values.len());
    for (name, datum) in &state.values {
        to.text(name.as_str());
        to.option(datum.as_ref(), |to, datum| {
            to.number(datum.version);
            to.bytes(datum.value.bytes());
        });
    }
}

pub(super) fn read(from: &mut Reader<'_>) -> Option<Recorded> {
    Some(Recorded {
        version: from.small()?,
        hot: Arc::new(Hot::decode(&from.bytes()?, |_| Err(Damaged { row: "journal" })).ok()?),
        values: from.list(|from| {
            let name = match from.text()? {
                "" => DataKey::status(),
                key => DataKey::new(key).ok()?,
            };
            let datum = from.option(|from| {
                Some(Datum {
                    version: from.number()?,
                    value: Payload::from_bytes(from.bytes()?),
                })
            })?;
            Some((name, datum))
        })?,
    })
}
