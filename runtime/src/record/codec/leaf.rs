//! A leaf: part of the hot row.
//!
//! Of the byte that says what it is the upper half says whether it is shielded.

use std::sync::Arc;

use super::wire::{Reader, Writer};
use crate::codec;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{ActionRequest, Until};
use crate::payload::{Fields, Payload};
use crate::record::leaf::{Attempts, Held, LastError, Leaf, LeafWait};

const SHIELDED: u8 = 0x10;
/// Of the byte that says what the attempt before came to: a heartbeat follows.
const BEATEN: u8 = 0x10;

pub(super) fn write(to: &mut Writer, leaf: &Leaf) {
    to.number(leaf.id.0);
    to.text(&leaf.flow);
    to.text(&leaf.label);
    to.time(leaf.since);
    let shielded = if leaf.shielded { SHIELDED } else { 0 };
    match &leaf.wait {
        LeafWait::Timer { due } => {
            to.tag(shielded);
            to.time(*due);
        }
        LeafWait::Message { channel } => {
            to.tag(1 | shielded);
            to.text(channel);
        }
        LeafWait::Action(attempts) => {
            to.tag(2 | shielded);
            write_attempts(to, attempts);
        }
        LeafWait::Child { id, takes } => {
            let kind = if *takes { 3 } else { 4 };
            to.tag(kind | shielded);
            to.text(id.as_str());
        }
        LeafWait::Cancelled => to.tag(5 | shielded),
        LeafWait::Crowd {
            left,
            held,
            until,
            enough,
        } => {
            to.tag(9 | shielded);
            to.number(*left);
            to.number(held.calls);
            to.number(held.in_row);
            to.number(held.last_child);
            to.tag(match until {
                Until::All => 0,
                Until::Err => 1,
                Until::One => 2,
            });
            to.tag((*enough).into());
        }
        LeafWait::Asked => to.tag(6 | shielded),
        LeafWait::Answered(answer) => {
            to.tag(7 | shielded);
            to.bytes(answer.bytes());
        }
    }
}

pub(super) fn read(from: &mut Reader<'_>) -> Option<Leaf> {
    let id = LeafId(from.number()?);
    let (flow, label, since) = (from.name()?, from.name()?, from.time()?);
    let tag = from.tag()?;
    let wait = match tag & !SHIELDED {
        0 => LeafWait::Timer { due: from.time()? },
        1 => LeafWait::Message {
            channel: Arc::from(from.text()?),
        },
        2 => LeafWait::Action(read_attempts(from)?),
        kind @ (3 | 4) => LeafWait::Child {
            id: InstanceId::new(from.text()?).ok()?,
            takes: kind == 3,
        },
        5 => LeafWait::Cancelled,
        6 => LeafWait::Asked,
        9 => LeafWait::Crowd {
            left: from.number()?,
            held: Held {
                calls: from.number()?,
                in_row: from.number()?,
                last_child: from.number()?,
            },
            until: match from.tag()? {
                0 => Until::All,
                1 => Until::Err,
                2 => Until::One,
                _ => return None,
            },
            enough: from.tag()? == 1,
        },
        7 => LeafWait::Answered(Payload::from_bytes(from.bytes()?)),
        _ => return None,
    };
    Some(Leaf {
        id,
        flow,
        label,
        since,
        wait,
        shielded: tag & SHIELDED != 0,
    })
}

pub(super) fn write_request(to: &mut Writer, request: &ActionRequest) {
    to.text(&request.action);
    to.bytes(request.arguments.bytes());
    to.option(request.policy.as_deref(), |to, policy| {
        let policy = codec::to_vec(policy);
        to.bytes(&policy.expect("a policy is plain numbers"));
    });
}

fn write_attempts(to: &mut Writer, attempts: &Attempts) {
    write_request(to, &attempts.request);
    to.number(attempts.attempt.into());
    to.number(attempts.forgiven.into());
    to.time(attempts.started_at);
    to.option(attempts.retry_at, Writer::time);
    let beaten = attempts.heartbeat.as_ref().map_or(0, |_| BEATEN);
    match &attempts.last_error {
        None => to.tag(beaten),
        Some(LastError::Value(value)) => {
            to.tag(1 | beaten);
            to.bytes(value.bytes());
        }
        Some(LastError::Text(text)) => {
            to.tag(2 | beaten);
            to.text(text);
        }
    }
    if let Some(heartbeat) = &attempts.heartbeat {
        to.bytes(heartbeat.bytes());
    }
}

pub(super) fn read_request(from: &mut Reader<'_>) -> Option<ActionRequest> {
    Some(ActionRequest {
        action: from.text()?.to_owned(),
        arguments: Fields::from_bytes(from.bytes()?),
        policy: from.option(|from| codec::from_slice(&from.bytes()?).ok())?,
    })
}

fn read_attempts(from: &mut Reader<'_>) -> Option<Attempts> {
    let attempts = Attempts {
        request: Arc::new(read_request(from)?),
        attempt: from.small()?,
        forgiven: from.small()?,
        started_at: from.time()?,
        retry_at: from.option(Reader::time)?,
        last_error: None,
        heartbeat: None,
    };
    let tag = from.tag()?;
    Some(Attempts {
        last_error: match tag & !BEATEN {
            0 => None,
            1 => Some(LastError::Value(Payload::from_bytes(from.bytes()?))),
            2 => Some(LastError::Text(from.text()?.to_owned())),
            _ => return None,
        },
        heartbeat: if tag & BEATEN == 0 {
            None
        } else {
            Some(Payload::from_bytes(from.bytes()?))
        },
        ..attempts
    })
}
