//! The tables of the file. Names and types are part of the format: they are
//! never used again for something else.

use redb::TableDefinition;

/// Format, counters and marks, by name.
pub(super) const META: TableDefinition<'_, &str, u64> = TableDefinition::new("flowstone");
/// Instance id to key.
pub(super) const IDS: TableDefinition<'_, &str, u64> = TableDefinition::new("ids");
/// Key to the record that changes at start and end only.
pub(super) const INSTANCES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("instances");
/// Key to the state after the last step.
pub(super) const HOT: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("hot");
/// Key and number to a piece of a large frame.
pub(super) const CHUNKS: TableDefinition<'_, (u64, u32), &[u8]> = TableDefinition::new("chunks");
/// The instances that the engine itself must wake.
pub(super) const ACTIVE: TableDefinition<'_, u64, ()> = TableDefinition::new("active");
/// Due time in microseconds, key and leaf.
pub(super) const TIMERS: TableDefinition<'_, (i64, u64, u64), ()> = TableDefinition::new("timers");
/// Key, channel and number to a message.
pub(super) const INBOX: TableDefinition<'_, (u64, &str, u64), &[u8]> =
    TableDefinition::new("inbox");
/// Key, and what the sender calls a message that came.
pub(super) const SEEN: TableDefinition<'_, (u64, &str), ()> = TableDefinition::new("seen");
/// Key, and the key of a value that the flow put, to that value; its status has an empty one.
pub(super) const DATA: TableDefinition<'_, (u64, &str), &[u8]> = TableDefinition::new("data");
/// Number to a journal row.
pub(super) const JOURNAL: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("journal");
/// Key of an instance and of one that its flow spawned.
pub(super) const CHILDREN: TableDefinition<'_, (u64, u64), ()> = TableDefinition::new("children");
/// End time in microseconds, and key: of those that nobody needs any more.
pub(super) const ENDED: TableDefinition<'_, (i64, u64), ()> = TableDefinition::new("ended");
/// Key of a removed instance to its newest journal row.
pub(super) const GARBAGE: TableDefinition<'_, u64, Option<u64>> = TableDefinition::new("garbage");

/// In [`META`]: the format that a reader must know to read the file.
pub(super) const FORMAT: &str = "format";
/// In [`META`]: set while an engine has the file.
pub(super) const IN_USE: &str = "in_use";
/// In [`META`]: the key of the next instance.
pub(super) const NEXT_KEY: &str = "next_key";
/// In [`META`]: a lower bound of the next journal number.
pub(super) const NEXT_SEQ: &str = "next_seq";

/// The oldest format that this code reads.
pub(super) const OLDEST_FORMAT: u64 = 1;
/// The format that this code reads and writes.
pub(super) const NEWEST_FORMAT: u64 = 2;
