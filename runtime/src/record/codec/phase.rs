//! What an instance waits for: part of the hot row.

use super::leaf;
use super::wire::{Reader, Writer};
use crate::codec;
use crate::machine::Outcome;
use crate::payload::Payload;
use crate::record::hot::{How, Phase};
use crate::record::leaf::Leaf;
use crate::record::leaves::Leaves;
use crate::record::park::{Parked, Pending};

pub(super) fn write(to: &mut Writer, phase: &Phase) {
    match phase {
        Phase::Finished(How::Returned) => to.tag(0),
        Phase::Finished(How::Cancelled) => to.tag(6),
        Phase::Finished(How::Terminated) => to.tag(7),
        Phase::Waiting(leaves) if leaves.is_one() => {
            to.tag(1);
            leaf::write(to, leaves.first());
        }
        Phase::Waiting(leaves) => {
            to.tag(3);
            to.len(leaves.iter().count());
            leaves.iter().for_each(|leaf| leaf::write(to, leaf));
        }
        Phase::Parked(parked) => {
            // Before there were forks there was nothing else to wait for.
            if parked.others.is_empty() {
                to.tag(2);
            } else {
                to.tag(4);
                to.len(parked.others.len());
                parked.others.iter().for_each(|leaf| leaf::write(to, leaf));
            }
            to.time(parked.at);
            let reason = codec::to_vec(&parked.reason);
            to.bytes(&reason.expect("a reason is plain text and numbers"));
            to.option(parked.leaf.as_ref(), leaf::write);
            write_pending(to, &parked.pending);
        }
    }
}

pub(super) fn read(from: &mut Reader<'_>) -> Option<Phase> {
    Some(match from.tag()? {
        0 => Phase::Finished(How::Returned),
        6 => Phase::Finished(How::Cancelled),
        7 => Phase::Finished(How::Terminated),
        1 => Phase::Waiting(leaf::read(from)?.into()),
        2 => read_parked(from, Vec::new())?,
        3 => Phase::Waiting(Leaves::of(from.list(leaf::read)?)?),
        4 => {
            let others = from.list(leaf::read)?;
            read_parked(from, others)?
        }
        _ => return None,
    })
}

fn read_parked(from: &mut Reader<'_>, others: Vec<Leaf>) -> Option<Phase> {
    Some(Phase::Parked(Box::new(Parked {
        at: from.time()?,
        reason: codec::from_slice(&from.bytes()?).ok()?,
        leaf: from.option(leaf::read)?,
        others,
        pending: read_pending(from)?,
    })))
}

fn write_pending(to: &mut Writer, pending: &Pending) {
    match pending {
        Pending::Start => to.tag(0),
        Pending::Outcome(Outcome::Value(value)) => {
            to.tag(1);
            to.bytes(value.bytes());
        }
        Pending::Outcome(Outcome::Fired) => to.tag(2),
        Pending::Attempts => to.tag(3),
        // The children are asked again: what they came to is theirs to keep.
        Pending::Wait | Pending::Outcome(Outcome::Ends(_)) => to.tag(4),
        Pending::Outcome(Outcome::Ended(Ok(value))) => {
            to.tag(5);
            to.bytes(value.bytes());
        }
        Pending::Outcome(Outcome::Ended(Err(error))) => {
            to.tag(6);
            let error = codec::to_vec(error);
            to.bytes(&error.expect("it has ids and texts only"));
        }
        Pending::Outcome(Outcome::Cancelled(reason)) => {
            to.tag(7);
            to.text(reason);
        }
    }
}

fn read_pending(from: &mut Reader<'_>) -> Option<Pending> {
    let outcome = match from.tag()? {
        0 => return Some(Pending::Start),
        3 => return Some(Pending::Attempts),
        4 => return Some(Pending::Wait),
        1 => Outcome::Value(Payload::from_bytes(from.bytes()?)),
        2 => Outcome::Fired,
        5 => Outcome::Ended(Ok(Payload::from_bytes(from.bytes()?))),
        6 => Outcome::Ended(Err(codec::from_slice(&from.bytes()?).ok()?)),
        7 => Outcome::Cancelled(from.text()?.to_owned()),
        _ => return None,
    };
    Some(Pending::Outcome(outcome))
}
