//! The row of a value that a flow put.

use bytes::Bytes;

use super::wire::{Reader, Writer};
use super::{Damaged, LAYOUT};
use crate::payload::Payload;
use crate::record::datum::Datum;

impl Datum {
    /// The row's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::new(LAYOUT);
        to.number(self.version);
        to.rest(self.value.bytes());
        to.finish()
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// [`Damaged`] when the bytes are none.
    pub fn decode(row: &Bytes) -> Result<Self, Damaged> {
        let read = || {
            let mut from = Reader::new(row, LAYOUT)?;
            Some(Self {
                version: from.number()?,
                value: Payload::from_bytes(from.rest()),
            })
        };
        read().ok_or(Damaged { row: "value" })
    }
}
