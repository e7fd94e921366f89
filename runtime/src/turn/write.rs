//! What a turn wants written. A store applies these and decides nothing.

use std::sync::Arc;

use bytes::Bytes;

use crate::ids::{DataKey, InstanceKey};
use crate::payload::Payload;
use crate::record::{ChunkNo, Datum, Due, Entry, Hot, Instance, JournalSeq, PIECE_BYTES};
use crate::time::Timestamp;

/// One change of a store.
#[derive(Debug, Clone)]
pub enum Write {
    /// A new instance: its id leads to its key from now on.
    Create {
        /// Its key, never used before.
        key: InstanceKey,
        /// Its record.
        instance: Arc<Instance>,
    },
    /// The record changed.
    Change {
        /// Its key.
        key: InstanceKey,
        /// Its record.
        instance: Arc<Instance>,
    },
    /// The instance ended; the record has the end.
    End {
        /// Its key.
        key: InstanceKey,
        /// Its record.
        instance: Arc<Instance>,
    },
    /// Nobody needs the instance any more that ended then: it is kept for the
    /// retention time, and may be removed.
    Expires {
        /// Its key.
        key: InstanceKey,
        /// When it ended.
        at: Timestamp,
    },
    /// The state after a step; large frames without their pieces.
    Hot {
        /// The instance.
        key: InstanceKey,
        /// Its state.
        hot: Arc<Hot>,
    },
    /// A piece of a large frame.
    Chunk {
        /// The instance.
        key: InstanceKey,
        /// The piece's number.
        no: ChunkNo,
        /// Its bytes.
        bytes: Bytes,
    },
    /// A piece that the frame no longer has.
    DropChunk {
        /// The instance.
        key: InstanceKey,
        /// The piece's number.
        no: ChunkNo,
    },
    /// Whether the engine itself must wake the instance.
    Active {
        /// The instance.
        key: InstanceKey,
        /// Whether it must.
        active: bool,
    },
    /// A timer.
    Timer(Due),
    /// A timer that fired or is not needed any more.
    DropTimer(Due),
    /// A message that is not consumed yet.
    Message {
        /// The instance.
        key: InstanceKey,
        /// The channel.
        channel: Arc<str>,
        /// The message's number in the channel.
        seq: u64,
        /// The message.
        payload: Payload,
    },
    /// The instance has got the message that its sender calls so.
    Seen {
        /// The instance.
        key: InstanceKey,
        /// The sender's name for the message.
        message_id: Arc<str>,
    },
    /// A message that was consumed.
    DropMessage {
        /// The instance.
        key: InstanceKey,
        /// The channel.
        channel: Arc<str>,
        /// The message's number in the channel.
        seq: u64,
    },
    /// A value that the flow put.
    Datum {
        /// The instance.
        key: InstanceKey,
        /// Which value.
        name: DataKey,
        /// The value.
        datum: Datum,
    },
    /// A value that the flow removed.
    DropDatum {
        /// The instance.
        key: InstanceKey,
        /// Which value.
        name: DataKey,
    },
    /// A journal row.
    Journal {
        /// Its number, higher than all before.
        seq: JournalSeq,
        /// The row: most writes are much smaller.
        entry: Box<Entry>,
    },
    /// Keeps only the newest rows of a chain of journal rows.
    TrimJournal {
        /// The instance.
        key: InstanceKey,
        /// The newest row of the chain.
        last: JournalSeq,
        /// How many rows stay.
        keep: u32,
    },
    /// Removes the instance: its id is free at once; what it owned by the
    /// thousand (journal, messages, pieces, values) is garbage for `Sweep`.
    Remove {
        /// Its key.
        key: InstanceKey,
        /// Its record.
        instance: Arc<Instance>,
        /// The newest row of its journal.
        journal: Option<JournalSeq>,
    },
    /// Removes garbage, at most about this many rows.
    Sweep {
        /// How many.
        rows: u32,
    },
}

impl Write {
    /// About how many bytes it adds to a transaction.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        const ROW_BYTES: usize = 64;
        let values = match self {
            Self::Create { instance, .. } => instance.arguments.bytes().len(),
            Self::End { instance, .. } => {
                let result = instance.result();
                result.map_or(0, |result| result.bytes().len())
            }
            // The rest of a large frame are pieces of their own.
            Self::Hot { hot, .. } => hot.frame.len().min(PIECE_BYTES),
            Self::Chunk { bytes, .. } => bytes.len(),
            Self::Message { payload, .. } => payload.bytes().len(),
            Self::Datum { datum, .. } => datum.value.bytes().len(),
            Self::Journal { entry, .. } => entry.what.size_bytes(),
            Self::Seen { .. }
            | Self::Change { .. }
            | Self::Expires { .. }
            | Self::DropChunk { .. }
            | Self::Active { .. }
            | Self::Timer(_)
            | Self::DropTimer(_)
            | Self::DropMessage { .. }
            | Self::DropDatum { .. }
            | Self::TrimJournal { .. }
            | Self::Remove { .. }
            | Self::Sweep { .. } => 0,
        };
        ROW_BYTES + values
    }
}
