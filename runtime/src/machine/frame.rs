//! A frame: the state of a machine and its kept locals, as stored.
//!
//! In: bytes from the store, or what a machine keeps. Out: the other of the
//! two. Labels and locals go by name, so that a frame outlives a change of
//! the code; index numbers exist in generated code only.

use bytes::Bytes;

use super::{Shape, Site};
use crate::ids::LeafId;
use crate::payload::{Fields, put_varint, varint};

/// The first byte of every frame, raised when the layout changes.
const LAYOUT: u8 = 1;

/// The state of a machine, its kept locals and what it waits for.
///
/// As bytes: the layout's number (1), the flow's version, the label's twins and
/// the lengths of label, locals and waiting operation as LEB128, the shape's fingerprint (8
/// bytes, little-endian), then label, locals and waiting operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The version of the flow that made it.
    pub version: u32,
    /// [`Shape::fingerprint`] of the flow that made it.
    pub fingerprint: u64,
    /// The label of the state; empty at the start.
    pub label: String,
    /// [`Site::twins`] of the state.
    pub twins: u16,
    /// The kept locals; at the start, the arguments.
    pub locals: Fields,
    /// What the operation that is awaited needs to go on.
    pub waiting: Bytes,
}

impl Frame {
    /// The frame in which a flow with these arguments starts.
    #[must_use]
    pub fn start(shape: &Shape, arguments: Fields) -> Self {
        Self {
            version: shape.version,
            fingerprint: shape.fingerprint,
            label: String::new(),
            twins: 0,
            locals: arguments,
            waiting: Bytes::new(),
        }
    }

    /// The same, when the start waits for a step of its own.
    #[must_use]
    pub fn waiting_for(self, leaf: LeafId) -> Self {
        let waiting = Bytes::copy_from_slice(&leaf.0.to_le_bytes());
        Self { waiting, ..self }
    }

    /// The frame as bytes.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        let head = (self.version, self.twins, self.fingerprint);
        write(head, &self.label, self.locals.bytes(), &self.waiting)
    }

    /// Reads a frame; `None` when the bytes are none.
    #[must_use]
    pub fn decode(bytes: &Bytes) -> Option<Self> {
        let mut at = 1;
        if *bytes.first()? != LAYOUT {
            return None;
        }
        let version = u32::try_from(varint(bytes, &mut at)?).ok()?;
        let twins = u16::try_from(varint(bytes, &mut at)?).ok()?;
        let label_len = varint(bytes, &mut at)?;
        let locals_len = varint(bytes, &mut at)?;
        let waiting_len = varint(bytes, &mut at)?;
        let mut take = |len: usize| {
            let start = at;
            at = start.checked_add(len)?;
            bytes.get(start..at).map(|_| bytes.slice(start..at))
        };
        let fingerprint = u64::from_le_bytes(take(8)?.as_ref().try_into().ok()?);
        let label = String::from_utf8(take(label_len)?.to_vec()).ok()?;
        let locals = Fields::from_bytes(take(locals_len)?);
        let waiting = take(waiting_len)?;
        let whole = at == bytes.len();
        whole.then_some(Self {
            version,
            fingerprint,
            label,
            twins,
            locals,
            waiting,
        })
    }
}

/// Writes the frame of a machine that waits at `site`.
pub(super) fn encode(shape: &Shape, site: &Site, locals: &[u8], waiting: &[u8]) -> Bytes {
    write(
        (shape.version, site.twins, shape.fingerprint),
        site.label,
        locals,
        waiting,
    )
}

fn write(
    (version, twins, fingerprint): (u32, u16, u64),
    label: &str,
    locals: &[u8],
    waiting: &[u8],
) -> Bytes {
    let mut bytes = Vec::with_capacity(24 + label.len() + locals.len() + waiting.len());
    bytes.push(LAYOUT);
    put_varint(
        &mut bytes,
        usize::try_from(version).expect("Flowstone runs on 32 bits and more"),
    );
    put_varint(&mut bytes, usize::from(twins));
    put_varint(&mut bytes, label.len());
    put_varint(&mut bytes, locals.len());
    put_varint(&mut bytes, waiting.len());
    bytes.extend_from_slice(&fingerprint.to_le_bytes());
    bytes.extend_from_slice(label.as_bytes());
    bytes.extend_from_slice(locals);
    bytes.extend_from_slice(waiting);
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_writes_the_frame_that_is_read() {
        let site = Site {
            flow: "f",
            label: "ask",
            file: "f.rs",
            line: 1,
            column: 1,
            twins: 2,
            kept: "",
        };
        let shape = Shape {
            allows: &[],
            name: "f",
            version: 300,
            file: "f.rs",
            line: 1,
            fingerprint: u64::MAX - 1,
            locals: &[],
            params: 0,
            operands: &[],
            drawn: "",
            states: &[],
        };
        let locals = Fields::from_bytes(Bytes::from_static(b"\x01\x01a\x05"));
        let expected = Frame {
            version: 300,
            fingerprint: u64::MAX - 1,
            label: "ask".to_owned(),
            twins: 2,
            locals: locals.clone(),
            waiting: Bytes::from_static(b"leaf"),
        };
        let written = encode(&shape, &site, locals.bytes(), b"leaf");
        assert_eq!(written, expected.encode());
        assert_eq!(Frame::decode(&written), Some(expected));
        let start = Frame::start(&shape, locals).waiting_for(LeafId(7));
        assert_eq!(start.waiting, 7_u64.to_le_bytes().as_slice());
        assert_eq!(Frame::decode(&start.encode()), Some(start));
        let longer = [&written[..], b"!"].concat();
        assert_eq!(Frame::decode(&longer.into()), None);
        assert_eq!(Frame::decode(&Bytes::from_static(b"\x09")), None);
    }
}
