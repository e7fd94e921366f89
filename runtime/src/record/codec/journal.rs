//! The journal row.

use std::sync::Arc;

use bytes::Bytes;

use super::wire::{Reader, Writer};
use super::{Damaged, LAYOUT, recorded};
use crate::ids::{InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::record::hot::Name;
use crate::record::journal::{Brought, Entry, Happening, JournalSeq};

impl Entry {
    /// The row's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::new(LAYOUT);
        to.number(self.key.0);
        to.option(self.previous, |to, seq| to.number(seq.0));
        to.time(self.at);
        write_happening(&mut to, &self.what);
        to.finish()
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// [`Damaged`] when the bytes are none.
    pub fn decode(row: &Bytes) -> Result<Self, Damaged> {
        Self::read(row).ok_or(Damaged { row: "journal" })
    }

    fn read(row: &Bytes) -> Option<Self> {
        let mut from = Reader::new(row, LAYOUT)?;
        Some(Self {
            key: InstanceKey(from.number()?),
            previous: from.option(|from| from.number().map(JournalSeq))?,
            at: from.time()?,
            what: read_happening(&mut from)?,
        })
    }
}

fn write_happening(to: &mut Writer, what: &Happening) {
    match what {
        Happening::Started => to.tag(0),
        Happening::Action {
            action,
            flow,
            label,
            attempts,
            since,
            outcome,
        } => {
            write_step(to, [1, 10], flow.as_ref());
            to.text(action);
            to.text(label);
            to.number((*attempts).into());
            to.time(*since);
            write_brought(to, outcome);
        }
        Happening::Attempt {
            action,
            attempt,
            error,
        } => {
            to.tag(2);
            to.text(action);
            to.number((*attempt).into());
            write_brought(to, error);
        }
        Happening::Timer { flow, label } => {
            write_step(to, [3, 11], flow.as_ref());
            to.text(label);
        }
        Happening::Message {
            flow,
            channel,
            message,
        } => {
            write_step(to, [4, 12], flow.as_ref());
            to.text(channel);
            write_brought(to, message);
        }
        Happening::Parked { reason } => {
            to.tag(5);
            to.text(reason);
        }
        Happening::Retried => to.tag(6),
        Happening::Recovered => to.tag(7),
        Happening::Finished => to.tag(8),
        Happening::Skipped { channel, message } => {
            to.tag(9);
            to.text(channel);
            write_brought(to, message);
        }
        family => write_family(to, family),
    }
}

/// What happens between an instance and those around it, and to it as a whole.
fn write_family(to: &mut Writer, what: &Happening) {
    match what {
        Happening::Spawned { child } => {
            to.tag(13);
            to.text(child.as_str());
        }
        Happening::ChildEnded { child, outcome } => {
            to.tag(14);
            to.text(child.as_str());
            write_brought(to, outcome);
        }
        Happening::ChildrenEnded { ended, of } => {
            to.tag(17);
            to.number(*ended);
            to.number(*of);
        }
        Happening::Cancelled { reason } => {
            to.tag(15);
            to.text(reason);
        }
        Happening::Terminated { reason } => {
            to.tag(16);
            to.text(reason);
        }
        Happening::Restarted { version } => {
            to.tag(18);
            to.number((*version).into());
        }
        Happening::Reached { state } => {
            to.tag(19);
            recorded::write(to, state);
        }
        Happening::Rerun { of, label } => {
            to.tag(20);
            to.text(of.as_str());
            to.text(label);
        }
        _ => unreachable!("all else is written above"),
    }
}

/// The tag of a step: the first one if it is of the instance's own flow, else
/// the second one and the flow, so that most rows need not name it.
fn write_step(to: &mut Writer, [own, called]: [u8; 2], flow: Option<&Name>) {
    match flow {
        None => to.tag(own),
        Some(flow) => {
            to.tag(called);
            to.text(flow);
        }
    }
}

fn read_happening(from: &mut Reader<'_>) -> Option<Happening> {
    let tag = from.tag()?;
    let flow = match tag {
        10..=12 => Some(from.name()?),
        _ => None,
    };
    Some(match tag {
        0 => Happening::Started,
        1 | 10 => Happening::Action {
            flow,
            action: from.name()?,
            label: from.name()?,
            attempts: from.small()?,
            since: from.time()?,
            outcome: read_brought(from)?,
        },
        2 => Happening::Attempt {
            action: from.name()?,
            attempt: from.small()?,
            error: read_brought(from)?,
        },
        3 | 11 => Happening::Timer {
            flow,
            label: from.name()?,
        },
        4 | 12 => Happening::Message {
            flow,
            channel: Arc::from(from.text()?),
            message: read_brought(from)?,
        },
        5 => Happening::Parked {
            reason: from.text()?.to_owned(),
        },
        6 => Happening::Retried,
        7 => Happening::Recovered,
        8 => Happening::Finished,
        9 => Happening::Skipped {
            channel: Arc::from(from.text()?),
            message: read_brought(from)?,
        },
        tag => return read_family(tag, from),
    })
}

fn read_family(tag: u8, from: &mut Reader<'_>) -> Option<Happening> {
    Some(match tag {
        18 => Happening::Restarted {
            version: from.small()?,
        },
        13 => Happening::Spawned {
            child: InstanceId::new(from.text()?).ok()?,
        },
        14 => Happening::ChildEnded {
            child: InstanceId::new(from.text()?).ok()?,
            outcome: read_brought(from)?,
        },
        15 => Happening::Cancelled {
            reason: from.text()?.to_owned(),
        },
        17 => Happening::ChildrenEnded {
            ended: from.number()?,
            of: from.number()?,
        },
        16 => Happening::Terminated {
            reason: from.text()?.to_owned(),
        },
        19 => Happening::Reached {
            state: Box::new(recorded::read(from)?),
        },
        20 => Happening::Rerun {
            of: InstanceId::new(from.text()?).ok()?,
            label: from.name()?,
        },
        _ => return None,
    })
}

fn write_brought(to: &mut Writer, brought: &Brought) {
    match brought {
        Brought::Value(value) => {
            to.tag(0);
            to.bytes(value.bytes());
        }
        Brought::Text(text) => {
            to.tag(1);
            to.text(text);
        }
        Brought::Omitted { size_bytes } => {
            to.tag(2);
            to.number(*size_bytes);
        }
    }
}

fn read_brought(from: &mut Reader<'_>) -> Option<Brought> {
    Some(match from.tag()? {
        0 => Brought::Value(Payload::from_bytes(from.bytes()?)),
        1 => Brought::Text(from.text()?.to_owned()),
        2 => Brought::Omitted {
            size_bytes: from.number()?,
        },
        _ => return None,
    })
}
