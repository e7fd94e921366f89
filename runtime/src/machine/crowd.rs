//! Many operations at once that are children: the engine counts their ends, and the
//! frame is rewritten only when the machine can go on.
//!
//! As bytes: 3, the leaf's number (8 bytes, little-endian), how many children are known
//! by their ids, and these.

use bytes::Bytes;

use super::{Fault, JoinError};
use crate::ids::{InstanceId, LeafId};
use crate::payload::{Fields, Payload, put_varint, varint};

/// The first byte; frames and operands begin with others.
const CROWD: u8 = 3;

/// What many children are waited for.
#[derive(Debug, Clone, PartialEq)]
pub struct Crowd {
    /// The children.
    pub members: Vec<Member>,
    /// When it is enough.
    pub until: Until,
    /// So many run at once.
    pub limit: Option<u64>,
}

/// One of many children.
#[derive(Debug, Clone, PartialEq)]
pub enum Member {
    /// A call of an action, which is started for this: the arguments of the flow that
    /// makes it.
    Call(Fields),
    /// A child that was spawned before.
    Child(InstanceId),
}

/// When enough children have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// When all have.
    All,
    /// When all have, or one with an `Err`.
    Err,
    /// When one has.
    One,
}

/// What children came to, in the order in which they were started; `None` of those
/// that have not ended.
pub type Ends = Vec<(InstanceId, Option<Result<Payload, JoinError>>)>;

/// The bytes with which a machine waits for a crowd.
pub(crate) fn encode(leaf: LeafId, members: &[Member]) -> Bytes {
    let ids = members.iter().filter_map(|member| match member {
        Member::Child(id) => Some(id),
        Member::Call(_) => None,
    });
    let mut bytes = vec![CROWD];
    bytes.extend_from_slice(&leaf.0.to_le_bytes());
    put_varint(&mut bytes, ids.clone().count());
    for id in ids {
        put_varint(&mut bytes, id.as_str().len());
        bytes.extend_from_slice(id.as_str().as_bytes());
    }
    bytes.into()
}

/// The leaf in these bytes, if they are those of a crowd.
pub(crate) fn leaf(bytes: &Bytes) -> Option<LeafId> {
    let number = bytes.strip_prefix(&[CROWD])?.first_chunk()?;
    Some(LeafId(u64::from_le_bytes(*number)))
}

/// The ids in these bytes.
pub(crate) fn ids(bytes: &Bytes) -> Option<Vec<InstanceId>> {
    let mut at = 9;
    let count = varint(bytes, &mut at)?;
    let mut ids = Vec::new();
    for _ in 0..count {
        let len = varint(bytes, &mut at)?;
        let text = bytes.get(at..at.checked_add(len)?)?;
        at += len;
        ids.push(InstanceId::new(std::str::from_utf8(text).ok()?).ok()?);
    }
    Some(ids)
}

/// What is told of bytes that are none.
pub(crate) fn damaged(flow: &'static str) -> Fault {
    let what = "what it waits for is not said";
    Fault::DamagedFrame { flow, what }
}
