//! Operands as bytes, and what a frame waits for.
//!
//! As bytes: 2, how many operands there are, and of each its label, how it is (0: it
//! waits, 1: done, 2: not begun), and its bytes: those it waits with, its encoded output,
//! or those it begins from.

use std::any::Any;

use bytes::Bytes;

use super::{Frame, Site, crowd};
use crate::ids::LeafId;
use crate::payload::{Payload, put_varint, varint};

/// The first byte of operands that wait; a frame begins with another.
const OPERANDS: u8 = 2;

/// An operand that has not begun.
pub struct Fresh(pub(super) Option<Box<dyn Any>>);

impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fresh")
    }
}

#[derive(Debug)]
pub(super) struct Operand {
    pub(super) site: &'static Site,
    pub(super) state: Branch,
}

#[derive(Debug)]
pub(crate) enum Branch {
    Fresh(Fresh),
    Waiting(Bytes),
    /// It begins when others have ended.
    Held(Bytes),
    /// It ended in an earlier step, with this output.
    Done(Payload),
    /// It ended in this step; the arm has its output.
    Ready,
}

impl Operand {
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.state, Branch::Done(_) | Branch::Ready)
    }
}

pub(super) fn encode(operands: &[Operand]) -> Vec<u8> {
    let branches = operands.iter();
    encode_branches(branches.map(|operand| (operand.site.label, &operand.state)))
}

/// Labels and states as bytes.
pub(crate) fn encode_branches<'a>(
    branches: impl ExactSizeIterator<Item = (&'a str, &'a Branch)>,
) -> Vec<u8> {
    let mut bytes = vec![OPERANDS];
    put_varint(&mut bytes, branches.len());
    for (label, state) in branches {
        put_varint(&mut bytes, label.len());
        bytes.extend_from_slice(label.as_bytes());
        let (how, content) = match state {
            Branch::Waiting(waiting) => (0, waiting.as_ref()),
            Branch::Done(payload) => (1, payload.bytes().as_ref()),
            Branch::Held(held) => (2, held.as_ref()),
            // Every operand is driven before the machine stops, and what is
            // ready is encoded or ends the wait.
            Branch::Fresh(_) | Branch::Ready => unreachable!("the step has not failed"),
        };
        bytes.push(how);
        put_varint(&mut bytes, content.len());
        bytes.extend_from_slice(content);
    }
    bytes
}

/// The label and the state of each operand.
pub(crate) fn decode(bytes: &Bytes) -> Option<Vec<(String, Branch)>> {
    if *bytes.first()? != OPERANDS {
        return None;
    }
    let mut at = 1;
    let count = varint(bytes, &mut at)?;
    let mut operands = Vec::new();
    for _ in 0..count {
        let label = slice(bytes, &mut at)?;
        let how = *bytes.get(at)?;
        at += 1;
        let content = slice(bytes, &mut at)?;
        let state = match how {
            0 => Branch::Waiting(content),
            1 => Branch::Done(Payload::from_bytes(content)),
            2 => Branch::Held(content),
            _ => return None,
        };
        operands.push((String::from_utf8(label.to_vec()).ok()?, state));
    }
    (at == bytes.len()).then_some(operands)
}

fn slice(bytes: &Bytes, at: &mut usize) -> Option<Bytes> {
    let len = varint(bytes, at)?;
    let (start, end) = (*at, at.checked_add(len)?);
    *at = end;
    (end <= bytes.len()).then(|| bytes.slice(start..end))
}

/// The leaves that a frame waits for, in the order of the source; `None` when
/// the bytes are no frame.
#[must_use]
pub fn leaves(frame: &Bytes) -> Option<Vec<LeafId>> {
    let mut found = Vec::new();
    walk(frame, &mut |at| {
        if let At::Leaf(leaf) = at {
            found.push(leaf);
        }
    })?;
    Some(found)
}

/// A frame, and all frames inside of it: of flows that it calls, and of
/// blocks. `None` when the bytes are no frame.
#[must_use]
pub fn frames(frame: &Bytes) -> Option<Vec<Frame>> {
    let mut found = Vec::new();
    walk(frame, &mut |at| {
        if let At::Frame(frame) = at {
            found.push(frame);
        }
    })?;
    Some(found)
}

/// The outputs that operands in a frame have come to, with their labels, while
/// others still wait. `None` when the bytes are no frame.
#[must_use]
pub fn outputs(frame: &Bytes) -> Option<Vec<(String, Payload)>> {
    let mut found = Vec::new();
    walk(frame, &mut |at| {
        if let At::Output(label, output) = at {
            found.push((label, output));
        }
    })?;
    Some(found)
}

/// A place in which a frame waits, and what is beneath it.
#[cfg(feature = "testing")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stand {
    /// [`Shape::fingerprint`](super::Shape::fingerprint) of the flow.
    pub(crate) flow: u64,
    /// The state's label, or the operand's; empty at the start.
    pub(crate) label: String,
    /// What it waits for, also through other places.
    pub(crate) leaves: Vec<LeafId>,
}

/// The places in which a frame waits, the outer before those inside of them.
#[cfg(feature = "testing")]
pub(crate) fn stands(frame: &Bytes) -> Vec<Stand> {
    let mut found = Vec::new();
    stand(frame, 0, &mut found);
    found
}

/// Adds the places in these bytes, which belong to `flow`; gives their leaves.
#[cfg(feature = "testing")]
fn stand(bytes: &Bytes, flow: u64, found: &mut Vec<Stand>) -> Vec<LeafId> {
    let mut at = |flow, label, inside: &Bytes| {
        let place = found.len();
        let leaves = Vec::new();
        found.push(Stand {
            flow,
            label,
            leaves,
        });
        let leaves = stand(inside, flow, found);
        if let Some(stand) = found.get_mut(place) {
            stand.leaves.clone_from(&leaves);
        }
        leaves
    };
    if let Ok(number) = <[u8; 8]>::try_from(bytes.as_ref()) {
        return vec![LeafId(u64::from_le_bytes(number))];
    }
    if let Some(leaf) = crowd::leaf(bytes) {
        return vec![leaf];
    }
    if let Some(operands) = decode(bytes) {
        let waiting = operands
            .into_iter()
            .filter_map(|(label, state)| match state {
                Branch::Waiting(waiting) => Some((label, waiting)),
                _ => None,
            });
        return waiting
            .flat_map(|(label, inside)| at(flow, label, &inside))
            .collect();
    }
    let frame = Frame::decode(bytes);
    frame.map_or_else(Vec::new, |frame| {
        at(frame.fingerprint, frame.label, &frame.waiting)
    })
}

enum At {
    Frame(Frame),
    Output(String, Payload),
    Leaf(LeafId),
}

/// Visits a frame and what it waits for. Four kinds of bytes can be waited
/// with: a leaf's are eight, and those of frames, operands and crowds, which are
/// longer, begin with a number of their own.
fn walk(frame: &Bytes, visit: &mut impl FnMut(At)) -> Option<()> {
    let mut open = vec![frame.clone()];
    while let Some(bytes) = open.pop() {
        if let Ok(number) = <[u8; 8]>::try_from(bytes.as_ref()) {
            visit(At::Leaf(LeafId(u64::from_le_bytes(number))));
        } else if let Some(leaf) = crowd::leaf(&bytes) {
            visit(At::Leaf(leaf));
        } else if let Some(operands) = decode(&bytes) {
            let last_first = operands.into_iter().rev();
            for (label, state) in last_first {
                match state {
                    Branch::Waiting(waiting) => open.push(waiting),
                    Branch::Done(output) => visit(At::Output(label, output)),
                    Branch::Held(_) | Branch::Fresh(_) | Branch::Ready => {}
                }
            }
        } else {
            let frame = Frame::decode(&bytes)?;
            // At the start it waits for nothing yet.
            open.extend(Some(frame.waiting.clone()).filter(|waiting| !waiting.is_empty()));
            visit(At::Frame(frame));
        }
    }
    Some(())
}
