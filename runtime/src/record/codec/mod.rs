//! Records to bytes and back; the only place that knows the layout of rows.
//!
//! Every row begins with the number of its layout. Integers are LEB128, points
//! in time eight bytes, texts and values have their length before them. Rows
//! that are rare (why an instance is parked) use the value codec inside.
//! `docs/storage.md` has the tables.

mod datum;
mod hot;
mod journal;
mod leaf;
mod phase;
mod rare;
mod recorded;
mod unborn;
mod wire;

use std::sync::Arc;

use bytes::Bytes;

use self::wire::{Reader, Writer};
use super::instance::{Ended, Ending, InCrowd, Instance, Parent};
use crate::ids::{InstanceId, InstanceKey, LeafId};
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
        match &self.end {
            None => to.tag(0),
            Some(Ended { at, how }) => {
                let (tag, what) = match how {
                    Ending::Returned(result) => (1, &**result.bytes()),
                    Ending::Cancelled { reason } => (2, reason.as_bytes()),
                    Ending::Terminated { reason } => (3, reason.as_bytes()),
                };
                to.tag(tag);
                to.time(*at);
                to.bytes(what);
            }
        }
        if let Some(parent) = &self.parent {
            to.number(parent.key.0);
            to.text(parent.id.as_str());
            to.text(parent.root.as_str());
            write_place(&mut to, parent);
        }
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
            end: match from.tag()? {
                0 => None,
                tag => Some(read_end(&mut from, tag)?),
            },
            // Most have none; what comes after the end is theirs.
            parent: if from.is_empty() {
                None
            } else {
                Some(read_parent(&mut from)?)
            },
        })
    }
}

fn read_end(from: &mut Reader<'_>, tag: u8) -> Option<Ended> {
    let at = from.time()?;
    let how = match tag {
        1 => Ending::Returned(Payload::from_bytes(from.bytes()?)),
        2 => Ending::Cancelled {
            reason: from.text()?.to_owned(),
        },
        3 => Ending::Terminated {
            reason: from.text()?.to_owned(),
        },
        _ => return None,
    };
    Some(Ended { at, how })
}

fn read_parent(from: &mut Reader<'_>) -> Option<Parent> {
    let parent = Parent {
        key: InstanceKey(from.number()?),
        id: InstanceId::new(from.text()?).ok()?,
        root: InstanceId::new(from.text()?).ok()?,
        detached: false,
        crowd: None,
    };
    let place = from.tag()?;
    Some(Parent {
        detached: place & DETACHED != 0,
        crowd: if place & IN_CROWD == 0 {
            None
        } else {
            Some(InCrowd {
                leaf: LeafId(from.number()?),
                called: place & CALLED != 0,
            })
        },
        ..parent
    })
}

/// The bits of what a child is to its parent.
const DETACHED: u8 = 1;
const IN_CROWD: u8 = 2;
const CALLED: u8 = 4;

fn write_place(to: &mut Writer, parent: &Parent) {
    let bit = |bit, is_set: bool| if is_set { bit } else { 0 };
    let detached = bit(DETACHED, parent.detached);
    match parent.crowd {
        None => to.tag(detached),
        Some(InCrowd { leaf, called }) => {
            to.tag(detached | IN_CROWD | bit(CALLED, called));
            to.number(leaf.0);
        }
    }
}

#[cfg(test)]
mod tests;
