//! What most instances never have: part of the hot row, there if need be.
//!
//! It begins with a tag that no phase has, so that the row of all others is as
//! short as if there were nothing of the kind.

use std::sync::Arc;

use bytes::Bytes;

use super::leaf::{read_request, write_request};
use super::wire::{Reader, Writer};
use crate::payload::{Fields, Payload};
use crate::record::hot::{Cancel, Hot};
use crate::record::instance::Ending;
use crate::record::undo::Undo;

/// No phase has this tag.
const RARE: u8 = 5;

/// Nor this one, which comes first.
const UNBORN: u8 = 8;

/// A flow undoes. The call of an action has the length of its name here, which is not empty.
const FLOW: u8 = 0;

pub(super) fn write(to: &mut Writer, hot: &Hot) {
    if hot.unborn > 0 {
        to.tag(UNBORN);
        to.number(hot.unborn);
    }
    if hot.children == 0 && hot.cancel.is_none() && hot.undo.is_empty() && hot.ending.is_none() {
        return;
    }
    to.tag(RARE);
    to.number(hot.children);
    to.option(hot.cancel.as_deref(), |to, cancel| {
        to.time(cancel.at);
        to.text(&cancel.reason);
        to.tag(cancel.told.into());
    });
    to.len(hot.undo.len());
    hot.undo.iter().for_each(|undo| write_undo(to, undo));
    to.option(hot.ending.as_deref(), |to, ending| match ending {
        Ending::Returned(result) => {
            to.tag(0);
            to.bytes(result.bytes());
        }
        Ending::Cancelled { reason } => {
            to.tag(1);
            to.text(reason);
        }
        Ending::Terminated { reason } => {
            to.tag(2);
            to.text(reason);
        }
    });
}

/// A state with these parts, and nothing else.
pub(super) fn read(from: &mut Reader<'_>) -> Option<Hot> {
    let mut hot = Hot::new(Bytes::new());
    if from.peek()? == UNBORN {
        from.tag()?;
        hot.unborn = from.number()?;
    }
    if from.peek()? != RARE {
        return Some(hot);
    }
    from.tag()?;
    hot.children = from.number()?;
    hot.cancel = from.option(|from| {
        Some(Box::new(Cancel {
            at: from.time()?,
            reason: from.text()?.to_owned(),
            told: from.tag()? == 1,
        }))
    })?;
    hot.undo = from.list(read_undo)?;
    hot.ending = from.option(|from| {
        Some(Box::new(match from.tag()? {
            0 => Ending::Returned(Payload::from_bytes(from.bytes()?)),
            1 => Ending::Cancelled {
                reason: from.text()?.to_owned(),
            },
            2 => Ending::Terminated {
                reason: from.text()?.to_owned(),
            },
            _ => return None,
        }))
    })?;
    Some(hot)
}

fn write_undo(to: &mut Writer, undo: &Undo) {
    match undo {
        Undo::Action(request) => write_request(to, request),
        Undo::Flow {
            flow,
            version,
            arguments,
        } => {
            to.tag(FLOW);
            to.text(flow);
            to.number((*version).into());
            to.bytes(arguments.bytes());
        }
    }
}

fn read_undo(from: &mut Reader<'_>) -> Option<Undo> {
    if from.peek()? != FLOW {
        return read_request(from).map(Arc::new).map(Undo::Action);
    }
    from.tag()?;
    Some(Undo::Flow {
        flow: from.name()?,
        version: from.small()?,
        arguments: Fields::from_bytes(from.bytes()?),
    })
}
