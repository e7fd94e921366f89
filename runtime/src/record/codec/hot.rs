//! The hot row.
//!
//! The head of the frame comes last, so that nothing before it moves when it
//! grows; the pieces after the head are rows of their own.

use std::sync::Arc;

use bytes::Bytes;

use super::wire::{Reader, Writer};
use super::{Damaged, LAYOUT, phase, rare};
use crate::ids::{LeafId, TurnNo};
use crate::record::chunk::{ChunkNo, ChunkRef, Chunks};
use crate::record::hot::{Hot, JournalTail, Queue};
use crate::record::journal::JournalSeq;

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
        rare::write(&mut to, self);
        phase::write(&mut to, &self.phase);
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
        let hot = Self {
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
            ..rare::read(&mut from)?
        };
        Some(Self {
            phase: phase::read(&mut from)?,
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
            ..hot
        })
    }
}
