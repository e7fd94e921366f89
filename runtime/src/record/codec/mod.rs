//! Records to bytes and back; the only place that knows the layout of rows.
//!
//! Every row begins with the number of its layout. Integers are LEB128, points
//! in time eight bytes, texts and values have their length before them. Rows
//! that are rare (why an instance is parked) use the value codec inside.
//! `docs/storage.md` has the tables.

mod hot;
mod journal;
mod wire;

use std::sync::Arc;

use bytes::Bytes;

use self::wire::{Reader, Writer};
use super::instance::{Ended, Instance};
use crate::ids::InstanceId;
use crate::payload::{Fields, Payload};

/// The layout of rows that this code writes.
const LAYOUT: u8 = 1;

/// A stored row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a stored {row} row is damaged")]
pub struct Damaged {
    /// Which kind of row.
    pub row: &'static str,
}

impl Instance {
    /// The row's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::new(LAYOUT);
        to.text(self.id.as_str());
        to.text(&self.flow);
        to.number(self.version.into());
        to.time(self.created_at);
        to.fixed(self.seed);
        to.bytes(self.arguments.bytes());
        to.option(self.end.as_ref(), |to, end| {
            to.time(end.at);
            to.bytes(end.result.bytes());
        });
        to.finish()
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// [`Damaged`] when the bytes are none.
    pub fn decode(row: &Bytes) -> Result<Self, Damaged> {
        Self::read(row).ok_or(Damaged { row: "instance" })
    }

    fn read(row: &Bytes) -> Option<Self> {
        let mut from = Reader::new(row, LAYOUT)?;
        Some(Self {
            id: InstanceId::new(from.text()?).ok()?,
            flow: Arc::from(from.text()?),
            version: from.small()?,
            created_at: from.time()?,
            seed: from.fixed()?,
            arguments: Fields::from_bytes(from.bytes()?),
            end: from.option(|from| {
                Some(Ended {
                    at: from.time()?,
                    result: Payload::from_bytes(from.bytes()?),
                })
            })?,
        })
    }
}

#[cfg(test)]
mod tests;
