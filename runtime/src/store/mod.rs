//! Where instances are kept: the contract that every store fulfils.
//!
//! In: batches of writes that turns decided on. Out: whether they are durable,
//! and what is stored. A store decides nothing and knows no flows; the public
//! suite in `conformance` (feature `testing`) checks an implementation against this contract.

#[cfg(any(test, feature = "testing"))]
pub mod conformance;
mod error;
mod memory;
#[cfg(feature = "redb")]
mod redb;

use std::fmt::Debug;

use bytes::Bytes;

pub use self::error::StoreError;
pub use self::memory::MemoryStore;
#[cfg(all(feature = "redb", feature = "testing"))]
pub(crate) use self::redb::Medium;
#[cfg(feature = "redb")]
pub use self::redb::RedbStore;

use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::record::{ChunkNo, Datum, Due, Entry, Hot, Instance, JournalSeq};
use crate::time::Timestamp;
use crate::turn::Write;

/// A place where instances are kept. Since 0.1.
///
/// # Contract
///
/// - [`commit`](Store::commit) applies all of a batch or nothing, in order
///   within each kind of row, and returns once it is durable. When it returns
///   an error the batch may nevertheless have been applied, whole; the engine
///   then calls [`reopen`](Store::reopen) and looks.
/// - A [`view`](Store::view) shows one point in time: all of each batch that
///   returned before it was taken, and nothing of one that had not begun.
/// - Keys and journal numbers only grow: [`counters`](Store::counters) gives
///   numbers above all that were ever committed, also after removals.
/// - One process at a time holds a store. The mark that
///   [`begin`](Store::begin) sets survives a crash and is cleared by
///   [`end`](Store::end) only.
/// - Nothing panics on damaged data; errors are typed.
/// - [`settle`](Store::settle) changes nothing that a view shows. After it, and
///   until the next commit, a crash costs the next opening no more than a close
///   in order would; nor does one right after [`begin`](Store::begin).
///
/// Calls block. The engine makes them on threads of its own.
pub trait Store: Debug + Send + Sync + 'static {
    /// Marks the store as in use and says how it was left.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be written.
    fn begin(&self) -> Result<Left, StoreError>;

    /// Marks the store as left in order and lets go of it; every later call is
    /// an error.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be written.
    fn end(&self) -> Result<(), StoreError>;

    /// Lets go of the store without a mark, as the end of the process would.
    fn abandon(&self);

    /// Opens the store again after an error. The mark stays.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be opened; trying again later may help.
    fn reopen(&self) -> Result<(), StoreError>;

    /// The next free numbers.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be read.
    fn counters(&self) -> Result<Counters, StoreError>;

    /// Applies a batch, atomically and durably.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; see the contract about what then holds.
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError>;

    /// Prepares for a crash while there is nothing else to do: the engine calls
    /// this once when no commit has come for a tenth of a second. Does nothing
    /// by default, for stores that open as fast after a crash.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be written; the engine then does what it
    /// does after a failed commit.
    fn settle(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// What is stored at this moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be read.
    fn view(&self) -> Result<Box<dyn View + '_>, StoreError>;
}

/// How a store was left by whoever had it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is new, or was closed in order.
    InOrder,
    /// Its process ended while it was in use.
    Crashed,
}

/// The next free numbers of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    /// For a new instance.
    pub next_key: InstanceKey,
    /// For a journal row.
    pub next_seq: JournalSeq,
}

/// One point in time of a store. Lists are in ascending order.
pub trait View {
    /// The instance that has this id.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it cannot be read; so for all of these.
    fn find(&self, id: &InstanceId) -> Result<Option<InstanceKey>, StoreError>;

    /// An instance, whole.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn load(&self, key: InstanceKey) -> Result<Option<(Instance, Hot)>, StoreError>;

    /// Timers after `after`, due up to and at `until`, at most `limit`,
    /// earliest first.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn due(
        &self,
        after: Option<Due>,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Due>, StoreError>;

    /// Instances after `after` that the engine itself must wake.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn active(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError>;

    /// A stored message.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn message(
        &self,
        key: InstanceKey,
        channel: &str,
        seq: u64,
    ) -> Result<Option<Payload>, StoreError>;

    /// Whether the instance has [got](Write::Seen) the message that its sender calls so.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn has_seen(&self, key: InstanceKey, message_id: &str) -> Result<bool, StoreError>;

    /// A value that the flow [put](Write::Datum).
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn datum(&self, key: InstanceKey, name: &DataKey) -> Result<Option<Datum>, StoreError>;

    /// A journal row.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn entry(&self, seq: JournalSeq) -> Result<Option<Entry>, StoreError>;

    /// Instances after `after`, in the order in which they were started.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn instances(
        &self,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError>;

    /// Instances after `after` that the flow of this one spawned, in the order in which they
    /// were started.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn children(
        &self,
        of: InstanceKey,
        after: Option<InstanceKey>,
        limit: usize,
    ) -> Result<Vec<InstanceKey>, StoreError>;

    /// Instances that [expire](Write::Expires) and ended up to and at `until`, earliest first.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn ended(&self, until: Timestamp, limit: usize) -> Result<Vec<InstanceKey>, StoreError>;

    /// Whether removed instances left rows for [`Write::Sweep`].
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn has_garbage(&self) -> Result<bool, StoreError>;

    /// All that exists beside an instance's own rows, for checks.
    ///
    /// # Errors
    ///
    /// As [`find`](View::find).
    fn belongings(&self, key: InstanceKey) -> Result<Belongings, StoreError>;
}

/// The rows that an instance owns beside its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Belongings {
    /// Pieces of its frame.
    pub chunks: Vec<(ChunkNo, Bytes)>,
    /// Stored messages: channel and number.
    pub messages: Vec<(String, u64)>,
    /// The keys of the values that its flow put; an empty one is that of its status.
    pub data: Vec<String>,
}
