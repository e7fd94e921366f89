//! The hot row.
//!
//! The head of the frame comes last, so that nothing before it moves when it
//! grows; the pieces after the head are rows of their own.

use std::sync::Arc;

use bytes::Bytes;

use super::wire::{Reader, Writer};
use super::{Damaged, LAYOUT};
use crate::action::CallPolicy;
use crate::codec;
use crate::ids::{LeafId, TurnNo};
use crate::machine::{ActionRequest, Outcome};
use crate::payload::{Fields, Payload};
use crate::record::chunk::{ChunkNo, ChunkRef, Chunks};
use crate::record::hot::{Attempts, Hot, JournalTail, LastError, Leaf, LeafWait, Phase, Queue};
use crate::record::journal::JournalSeq;
use crate::record::leaves::Leaves;
use crate::record::park::{Parked, Pending};

impl Hot {
    /// The row's bytes, with the head of the frame only.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::new(LAYOUT);
        to.number(self.turn.0);
        to.number(self.next_leaf.0);
        to.number(self.recoveries.into());
        to.option(self.journal.last, |to, last| {
            to.number(last.0);
            to.number(self.journal.rows);
        });
        to.len(self.inbox.len());
        for queue in &self.inbox {
            to.text(&queue.channel);
            to.number(queue.head);
            to.number(queue.tail);
        }
        write_phase(&mut to, &self.phase);
        to.number(self.chunks.next.into());
        to.len(self.chunks.tail.len());
        for piece in &self.chunks.tail {
            to.number(piece.no.0.into());
            to.number(piece.len_bytes.into());
        }
        let head = self.chunks.head_bytes(self.frame.len());
        to.rest(self.frame.get(..head).unwrap_or_default());
        to.finish()
    }

    /// Reads a row; `chunk` gives the other pieces of the frame.
    ///
    /// # Errors
    ///
    /// [`Damaged`] when the bytes are none, or what `chunk` says.
    pub fn decode<E: From<Damaged>>(
        row: &Bytes,
        mut chunk: impl FnMut(ChunkNo) -> Result<Option<Bytes>, E>,
    ) -> Result<Self, E> {
        let damaged = || Damaged { row: "hot" };
        let mut hot = Self::read(row).ok_or_else(damaged)?;
        if !hot.chunks.tail.is_empty() {
            let mut frame = hot.frame.to_vec();
            for piece in &hot.chunks.tail {
                let bytes = chunk(piece.no)?.ok_or_else(damaged)?;
                frame.extend_from_slice(&bytes);
            }
            hot.frame = frame.into();
        }
        Ok(hot)
    }

    fn read(row: &Bytes) -> Option<Self> {
        let mut from = Reader::new(row, LAYOUT)?;
        Some(Self {
            turn: TurnNo(from.number()?),
            next_leaf: LeafId(from.number()?),
            recoveries: from.small()?,
            journal: from
                .option(|from| {
                    Some(JournalTail {
                        last: Some(JournalSeq(from.number()?)),
                        rows: from.number()?,
                    })
                })?
                .unwrap_or_default(),
            inbox: from.list(|from| {
                let channel = Arc::from(from.text()?);
                let (head, tail) = (from.number()?, from.number()?);
                (head < tail).then_some(Queue {
                    channel,
                    head,
                    tail,
                })
            })?,
            phase: read_phase(&mut from)?,
            chunks: Chunks {
                next: from.small()?,
                tail: from.list(|from| {
                    Some(ChunkRef {
                        no: ChunkNo(from.small()?),
                        len_bytes: from.small()?,
                    })
                })?,
            },
            frame: from.rest(),
        })
    }
}

fn write_phase(to: &mut Writer, phase: &Phase) {
    match phase {
        Phase::Finished => to.tag(0),
        Phase::Waiting(leaves) if leaves.is_one() => {
            to.tag(1);
            write_leaf(to, leaves.first());
        }
        Phase::Waiting(leaves) => {
            to.tag(3);
            to.len(leaves.iter().count());
            leaves.iter().for_each(|leaf| write_leaf(to, leaf));
        }
        Phase::Parked(parked) => {
            // Before there were forks there was nothing else to wait for.
            if parked.others.is_empty() {
                to.tag(2);
            } else {
                to.tag(4);
                to.len(parked.others.len());
                parked.others.iter().for_each(|leaf| write_leaf(to, leaf));
            }
            to.time(parked.at);
            let reason = codec::to_vec(&parked.reason);
            to.bytes(&reason.expect("a reason is plain text and numbers"));
            to.option(parked.leaf.as_ref(), write_leaf);
            match &parked.pending {
                Pending::Start => to.tag(0),
                Pending::Outcome(Outcome::Value(value)) => {
                    to.tag(1);
                    to.bytes(value.bytes());
                }
                Pending::Outcome(Outcome::Fired) => to.tag(2),
                Pending::Attempts => to.tag(3),
                Pending::Wait => to.tag(4),
            }
        }
    }
}

fn read_phase(from: &mut Reader<'_>) -> Option<Phase> {
    Some(match from.tag()? {
        0 => Phase::Finished,
        1 => Phase::Waiting(read_leaf(from)?.into()),
        2 => read_parked(from, Vec::new())?,
        3 => Phase::Waiting(Leaves::of(from.list(read_leaf)?)?),
        4 => {
            let others = from.list(read_leaf)?;
            read_parked(from, others)?
        }
        _ => return None,
    })
}

fn read_parked(from: &mut Reader<'_>, others: Vec<Leaf>) -> Option<Phase> {
    Some(Phase::Parked(Box::new(Parked {
        at: from.time()?,
        reason: codec::from_slice(&from.bytes()?).ok()?,
        leaf: from.option(read_leaf)?,
        others,
        pending: match from.tag()? {
            0 => Pending::Start,
            1 => Pending::Outcome(Outcome::Value(Payload::from_bytes(from.bytes()?))),
            2 => Pending::Outcome(Outcome::Fired),
            3 => Pending::Attempts,
            4 => Pending::Wait,
            _ => return None,
        },
    })))
}

fn write_leaf(to: &mut Writer, leaf: &Leaf) {
    to.number(leaf.id.0);
    to.text(&leaf.flow);
    to.text(&leaf.label);
    to.time(leaf.since);
    match &leaf.wait {
        LeafWait::Timer { due } => {
            to.tag(0);
            to.time(*due);
        }
        LeafWait::Message { channel } => {
            to.tag(1);
            to.text(channel);
        }
        LeafWait::Action(attempts) => {
            to.tag(2);
            write_attempts(to, attempts);
        }
    }
}

fn read_leaf(from: &mut Reader<'_>) -> Option<Leaf> {
    Some(Leaf {
        id: LeafId(from.number()?),
        flow: from.name()?,
        label: from.name()?,
        since: from.time()?,
        wait: match from.tag()? {
            0 => LeafWait::Timer { due: from.time()? },
            1 => LeafWait::Message {
                channel: Arc::from(from.text()?),
            },
            2 => LeafWait::Action(read_attempts(from)?),
            _ => return None,
        },
    })
}

fn write_attempts(to: &mut Writer, attempts: &Attempts) {
    let request = &*attempts.request;
    to.text(&request.action);
    to.bytes(request.arguments.bytes());
    let tuned = (request.policy != CallPolicy::default()).then_some(request.policy);
    to.option(tuned, |to, policy| {
        let policy = codec::to_vec(&policy);
        to.bytes(&policy.expect("a policy is plain numbers"));
    });
    to.number(attempts.attempt.into());
    to.number(attempts.forgiven.into());
    to.time(attempts.started_at);
    to.option(attempts.retry_at, Writer::time);
    match &attempts.last_error {
        None => to.tag(0),
        Some(LastError::Value(value)) => {
            to.tag(1);
            to.bytes(value.bytes());
        }
        Some(LastError::Text(text)) => {
            to.tag(2);
            to.text(text);
        }
    }
}

fn read_attempts(from: &mut Reader<'_>) -> Option<Attempts> {
    Some(Attempts {
        request: Arc::new(ActionRequest {
            action: from.text()?.to_owned(),
            arguments: Fields::from_bytes(from.bytes()?),
            policy: match from.option(Reader::bytes)? {
                None => CallPolicy::default(),
                Some(policy) => codec::from_slice(&policy).ok()?,
            },
        }),
        attempt: from.small()?,
        forgiven: from.small()?,
        started_at: from.time()?,
        retry_at: from.option(Reader::time)?,
        last_error: match from.tag()? {
            0 => None,
            1 => Some(LastError::Value(Payload::from_bytes(from.bytes()?))),
            2 => Some(LastError::Text(from.text()?.to_owned())),
            _ => return None,
        },
    })
}
