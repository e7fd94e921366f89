//! Large frames in pieces, so that a step writes what it changed.
//!
//! In: the frame before and the frame after a step. Out: how the new one is
//! cut, and which pieces must be written or dropped. Cuts depend on content
//! (a rolling "gear" hash), not on position: a byte more at the front moves
//! one piece, not all that follow.

use std::collections::{BTreeSet, HashMap};
use std::iter;

use bytes::Bytes;

/// Frames up to this size, in bytes, stay whole; pieces have about this size.
pub const PIECE_BYTES: usize = 8 * 1024;
const MIN_BYTES: usize = PIECE_BYTES / 4;
const MAX_BYTES: usize = PIECE_BYTES * 4;
/// As many one-bits as make a cut likely once in three quarters of a piece.
const CUT_MASK: u64 = 0x1fff << 40;

/// The number of a chunk in its instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkNo(pub u32);

/// A piece of a frame that lies in a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkRef {
    /// Its number.
    pub no: ChunkNo,
    /// Its length.
    pub len_bytes: u32,
}

/// How a frame is cut: the head stays in the hot row, each other piece is a
/// row of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chunks {
    /// The pieces after the head, in order.
    pub tail: Vec<ChunkRef>,
    /// The number of the next new chunk.
    pub next: u32,
}

/// What a store must do to have the new pieces.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub(crate) written: Vec<(ChunkNo, Bytes)>,
    pub(crate) dropped: Vec<ChunkNo>,
}

impl Chunks {
    /// How long the head of a frame of `frame_bytes` is.
    #[must_use]
    pub fn head_bytes(&self, frame_bytes: usize) -> usize {
        frame_bytes.saturating_sub(self.tail_bytes())
    }

    fn tail_bytes(&self) -> usize {
        self.tail.iter().map(|piece| wide(piece.len_bytes)).sum()
    }

    /// Each piece after the head of `frame`.
    fn pieces(&self, frame: &Bytes) -> impl Iterator<Item = (ChunkNo, Bytes)> {
        let mut at = self.head_bytes(frame.len());
        self.tail.iter().map(move |piece| {
            let start = at;
            at = (start + wide(piece.len_bytes)).min(frame.len());
            (piece.no, frame.slice(start.min(at)..at))
        })
    }

    /// Cuts `new`, keeping the pieces of `old` that it still has.
    pub(crate) fn recut(&self, old: &Bytes, new: &Bytes) -> (Self, Changed) {
        let mut changed = Changed::default();
        if self.tail.is_empty() && new.len() <= PIECE_BYTES {
            return (self.clone(), changed);
        }
        let head = (None, old.slice(..self.head_bytes(old.len())));
        let tail = self.pieces(old).map(|(no, piece)| (Some(no), piece));
        let mut known = Known::new(iter::once(head).chain(tail).collect());
        let mut chunks = Self {
            tail: Vec::new(),
            next: self.next,
        };
        let mut at = 0;
        while at < new.len() {
            let (end, no) = known.next(new, at);
            let piece = new.slice(at..end);
            let is_head = at == 0;
            at = end;
            if is_head {
                continue;
            }
            let len_bytes = u32::try_from(piece.len()).expect("a piece has a bounded size");
            let no = no.unwrap_or_else(|| {
                let no = ChunkNo(chunks.next);
                chunks.next = chunks.next.wrapping_add(1);
                changed.written.push((no, piece));
                no
            });
            chunks.tail.push(ChunkRef { no, len_bytes });
        }
        let kept: BTreeSet<_> = chunks.tail.iter().map(|piece| piece.no).collect();
        let before = self.tail.iter().map(|piece| piece.no);
        changed.dropped = before.filter(|no| !kept.contains(no)).collect();
        (chunks, changed)
    }
}

/// The pieces of the frame before, to be found again in the new one.
///
/// Comparing is much faster than hashing: as long as the new frame goes on as
/// the old one did, a piece that is the same is known without looking for its
/// end. That is right because an end depends on nothing but the piece.
struct Known {
    pieces: Vec<(Option<ChunkNo>, Bytes)>,
    taken: Vec<bool>,
    /// The piece that comes next if nothing changes.
    expected: usize,
    by_start: Option<HashMap<Bytes, Vec<usize>>>,
}

/// So many bytes tell where a moved piece may begin.
const START_BYTES: usize = 32;

impl Known {
    fn new(pieces: Vec<(Option<ChunkNo>, Bytes)>) -> Self {
        let taken = vec![false; pieces.len()];
        Self {
            pieces,
            taken,
            expected: 0,
            by_start: None,
        }
    }

    /// Where the piece of `new` that begins at `at` ends, and its number if it
    /// is an old one.
    fn next(&mut self, new: &Bytes, at: usize) -> (usize, Option<ChunkNo>) {
        let rest = new.get(at..).unwrap_or_default();
        if rest.len() > PIECE_BYTES
            && self.expected + 1 < self.pieces.len()
            && let Some((no, piece)) = self.pieces.get(self.expected)
            && rest.starts_with(piece)
        {
            let (no, end) = (*no, at + piece.len());
            return (end, self.take(self.expected).then_some(no).flatten());
        }
        let len = if rest.len() > PIECE_BYTES {
            piece_end(rest)
        } else {
            rest.len()
        };
        let piece = rest.get(..len).unwrap_or_default();
        let found = self.find(piece);
        self.expected = found.map_or(self.expected + 1, |index| index + 1);
        let no = found.and_then(|index| {
            if let Some(taken) = self.taken.get_mut(index) {
                *taken = true;
            }
            self.pieces.get(index).and_then(|(no, _)| *no)
        });
        (at + len, no)
    }

    /// Takes a piece that goes on as expected; false when it was taken before.
    fn take(&mut self, index: usize) -> bool {
        self.expected = index + 1;
        let taken = self.taken.get_mut(index);
        taken.is_some_and(|taken| !std::mem::replace(taken, true))
    }

    /// An old piece with this content that is not taken yet.
    fn find(&mut self, piece: &[u8]) -> Option<usize> {
        let pieces = &self.pieces;
        let by_start = self.by_start.get_or_insert_with(|| {
            let mut by_start: HashMap<Bytes, Vec<usize>> = HashMap::new();
            for (index, (_, piece)) in pieces.iter().enumerate() {
                by_start.entry(start(piece)).or_default().push(index);
            }
            by_start
        });
        let same = by_start.get(piece.get(..START_BYTES).unwrap_or(piece))?;
        let free = |index: &&usize| {
            let content = pieces.get(**index).is_some_and(|(_, known)| known == piece);
            content && self.taken.get(**index) == Some(&false)
        };
        same.iter().find(free).copied()
    }
}

fn start(piece: &Bytes) -> Bytes {
    piece.slice(..piece.len().min(START_BYTES))
}

/// Where the first piece of `bytes` ends.
fn piece_end(bytes: &[u8]) -> usize {
    let mut hash = 0u64;
    for (at, byte) in bytes
        .iter()
        .enumerate()
        .take(MAX_BYTES)
        .skip(MIN_BYTES - 64)
    {
        hash = (hash << 1).wrapping_add(gear(*byte));
        if at >= MIN_BYTES && hash & CUT_MASK == 0 {
            return at + 1;
        }
    }
    bytes.len().min(MAX_BYTES)
}

/// A fixed pseudo-random number for each byte (`SplitMix64`).
fn gear(byte: u8) -> u64 {
    let mut z = (u64::from(byte) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn wide(bytes: u32) -> usize {
    usize::try_from(bytes).expect("Flowstone runs on 32 bits and more")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(len: usize, seed: u64) -> Vec<u8> {
        let mut state = seed;
        let step = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state.to_be_bytes()[0]
        };
        (0..len).map(step).collect()
    }

    fn assemble(chunks: &Chunks, head: &[u8], rows: &HashMap<ChunkNo, Bytes>) -> Vec<u8> {
        let mut whole = head.to_vec();
        for piece in &chunks.tail {
            whole.extend_from_slice(&rows[&piece.no]);
        }
        whole
    }

    #[test]
    fn pieces_put_together_are_the_frame_and_an_insertion_writes_little() {
        let mut rows = HashMap::new();
        let mut old = (Chunks::default(), Bytes::new());
        let mut text = noise(300_000, 7);
        for step in 0..20u8 {
            let at = usize::from(step) * 997;
            text.splice(at..at, [step; 3]);
            let new = Bytes::from(text.clone());
            let (chunks, changed) = old.0.recut(&old.1, &new);
            let written: usize = changed.written.iter().map(|(_, bytes)| bytes.len()).sum();
            assert!(
                step == 0 || written <= 3 * MAX_BYTES,
                "step {step} wrote {written}"
            );
            rows.extend(changed.written);
            for no in changed.dropped {
                rows.remove(&no).unwrap();
            }
            assert_eq!(rows.len(), chunks.tail.len());
            let head = new.slice(..chunks.head_bytes(new.len()));
            assert_eq!(assemble(&chunks, &head, &rows), text);
            old = (chunks, new);
        }
    }

    #[test]
    fn repeated_content_and_small_frames_keep_no_stray_pieces() {
        let zeros = Bytes::from(vec![0; 200_000]);
        let (chunks, changed) = Chunks::default().recut(&Bytes::new(), &zeros);
        assert_eq!(changed.written.len(), chunks.tail.len());
        let again = chunks.recut(&zeros, &zeros);
        assert!(again.1.written.is_empty() && again.1.dropped.is_empty());
        let (small, changed) = chunks.recut(&zeros, &Bytes::from_static(b"small"));
        assert_eq!(small.tail, []);
        assert_eq!(changed.dropped.len(), chunks.tail.len());
    }
}
