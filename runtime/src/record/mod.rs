//! What is stored, as plain data.
//!
//! An instance is two records: [`Instance`], written when it starts and when
//! it ends, and [`Hot`], written once a step. [`Datum`] is a value
//! that its flow put, [`Entry`] one row of the journal. Only `codec` turns them into bytes; nothing here does I/O or
//! decides anything.

mod chunk;
mod codec;
mod datum;
mod finding;
mod hot;
mod instance;
mod journal;
mod leaf;
mod leaves;
mod park;
mod recorded;
mod told;
mod unborn;
mod undo;

pub use chunk::{ChunkNo, ChunkRef, Chunks, PIECE_BYTES};
pub use codec::Damaged;
pub use datum::Datum;
pub use finding::{Finding, Offence};
pub use hot::{Cancel, Due, Hot, How, JournalTail, Name, Phase, Queue, Status};
pub use instance::{Ended, Ending, InCrowd, Instance, Parent};
pub use journal::{Brought, Entry, Happening, JournalSeq};
pub use leaf::{Attempts, Held, LastError, Leaf, LeafWait, NextHeld};
pub use leaves::Leaves;
pub use park::{ParkReason, Parked, Pending, Place};
pub use recorded::Recorded;
pub use unborn::Unborn;
pub use undo::Undo;
