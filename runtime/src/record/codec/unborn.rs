//! Rows of children that are not started yet, many in one.

use bytes::Bytes;

use super::wire::{Reader, Writer};
use super::{Damaged, LAYOUT};
use crate::ids::{InstanceId, LeafId};
use crate::payload::Fields;
use crate::record::unborn::Unborn;

impl Unborn {
    /// The bytes of a row of these.
    #[must_use]
    pub fn encode(children: &[Self]) -> Vec<u8> {
        let mut to = Writer::new(LAYOUT);
        to.len(children.len());
        for child in children {
            to.text(child.id.as_str());
            to.text(&child.flow);
            to.number(child.version.into());
            to.option(child.enlisted, |to, leaf| to.number(leaf.0));
            to.bytes(child.arguments.bytes());
        }
        to.finish()
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// [`Damaged`] when the bytes are none.
    pub fn decode(row: &Bytes) -> Result<Vec<Self>, Damaged> {
        let mut from = Reader::new(row, LAYOUT);
        let children = from.as_mut().and_then(|from| from.list(read));
        children.ok_or(Damaged {
            row: "unborn child",
        })
    }
}

fn read(from: &mut Reader<'_>) -> Option<Unborn> {
    Some(Unborn {
        id: InstanceId::new(from.text()?).ok()?,
        flow: from.name()?,
        version: from.small()?,
        enlisted: from.option(|from| Some(LeafId(from.number()?)))?,
        arguments: Fields::from_bytes(from.bytes()?),
    })
}
