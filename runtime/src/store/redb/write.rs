//! Applying a batch: one transaction, one table after the other.
//!
//! Rows that the same table gets are written together, the states in order of
//! their keys and only the last one of each, so that a page is touched once.

use std::collections::BTreeMap;

use redb::{Database, Durability, ReadableTable, WriteTransaction};

use super::tables::{
    ACTIVE, CHILDREN, CHUNKS, ENDED, GARBAGE, HOT, IDS, IN_USE, INBOX, INSTANCES, JOURNAL, META,
    NEXT_KEY, NEXT_SEQ, SEEN, TIMERS,
};
use super::{data, sweep};
use crate::ids::InstanceKey;
use crate::record::{Due, Hot, Instance};
use crate::turn::Write;

pub(super) type Result<T, E = redb::Error> = std::result::Result<T, E>;

pub(super) fn commit(database: &Database, batch: &[Write]) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    write_hot(&transaction, batch)?;
    write_journal(&transaction, batch)?;
    write_instances(&transaction, batch)?;
    write_chunks(&transaction, batch)?;
    write_active(&transaction, batch)?;
    write_timers(&transaction, batch)?;
    write_inbox(&transaction, batch)?;
    data::write(&transaction, batch)?;
    for write in batch {
        match write {
            Write::TrimJournal { key, last, keep } => {
                sweep::trim(&transaction, *key, *last, *keep)?;
            }
            Write::Sweep { rows } => sweep::sweep(&transaction, *rows)?,
            _ => {}
        }
    }
    Ok(transaction.commit()?)
}

/// Saves which pages are free, so that whoever opens the file after a crash
/// need not find out by reading all of it. The next commit makes that void.
pub(super) fn settle(database: &Database) -> Result<()> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    transaction.set_quick_repair(true);
    Ok(transaction.commit()?)
}

/// Sets or clears the mark and says whether it was set. It settles the file:
/// nothing else may happen for long after the opening.
pub(super) fn mark(database: &Database, in_use: bool) -> Result<bool> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(true);
    let before = {
        let mut meta = transaction.open_table(META)?;
        let before = meta.insert(IN_USE, u64::from(in_use))?;
        before.is_some_and(|mark| mark.value() == 1)
    };
    transaction.commit()?;
    Ok(before)
}

fn write_hot(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let mut last: BTreeMap<InstanceKey, Option<&Hot>> = BTreeMap::new();
    for write in batch {
        match write {
            Write::Hot { key, hot } => last.insert(*key, Some(hot)),
            Write::Remove { key, .. } => last.insert(*key, None),
            _ => continue,
        };
    }
    if last.is_empty() {
        return Ok(());
    }
    let mut table = transaction.open_table(HOT)?;
    for (key, hot) in last {
        match hot {
            Some(hot) => table.insert(key.0, hot.encode().as_slice())?,
            None => table.remove(key.0)?,
        };
    }
    Ok(())
}

fn write_journal(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let rows = |write: &_| matches!(write, Write::Journal { .. });
    if !batch.iter().any(rows) {
        return Ok(());
    }
    let mut table = transaction.open_table(JOURNAL)?;
    for write in batch {
        if let Write::Journal { seq, entry } = write {
            table.insert(seq.0, entry.encode().as_slice())?;
        }
    }
    Ok(())
}

fn write_instances(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let rows = |write: &_| {
        matches!(
            write,
            Write::Create { .. }
                | Write::Change { .. }
                | Write::End { .. }
                | Write::Expires { .. }
                | Write::Remove { .. }
        )
    };
    if !batch.iter().any(rows) {
        return Ok(());
    }
    let mut ids = transaction.open_table(IDS)?;
    let mut instances = transaction.open_table(INSTANCES)?;
    let mut ended = transaction.open_table(ENDED)?;
    let mut meta = transaction.open_table(META)?;
    for write in batch {
        match write {
            Write::Create { key, instance } => {
                ids.insert(instance.id.as_str(), key.0)?;
                if let Some(parent) = &instance.parent {
                    children(transaction)?.insert((parent.key.0, key.0), ())?;
                }
                instances.insert(key.0, instance.encode().as_slice())?;
                raise(&mut meta, NEXT_KEY, key.0 + 1)?;
            }
            Write::Change { key, instance } | Write::End { key, instance } => {
                instances.insert(key.0, instance.encode().as_slice())?;
            }
            Write::Expires { key, at } => {
                ended.insert((at.as_micros(), key.0), ())?;
            }
            Write::Remove {
                key,
                instance,
                journal,
            } => {
                let owner = ids.get(instance.id.as_str())?.map(|owner| owner.value());
                if owner == Some(key.0) {
                    ids.remove(instance.id.as_str())?;
                }
                if let Some(parent) = &instance.parent {
                    children(transaction)?.remove((parent.key.0, key.0))?;
                }
                instances.remove(key.0)?;
                if let Some(row) = end_row(*key, instance) {
                    ended.remove(row)?;
                }
                let mut garbage = transaction.open_table(GARBAGE)?;
                garbage.insert(key.0, journal.map(|seq| seq.0))?;
                if let Some(seq) = journal {
                    raise(&mut meta, NEXT_SEQ, seq.0 + 1)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn children(transaction: &WriteTransaction) -> Result<redb::Table<'_, (u64, u64), ()>> {
    Ok(transaction.open_table(CHILDREN)?)
}

fn raise(meta: &mut redb::Table<'_, &'static str, u64>, name: &str, at_least: u64) -> Result<()> {
    let now = meta.get(name)?.map_or(0, |value| value.value());
    if now < at_least {
        meta.insert(name, at_least)?;
    }
    Ok(())
}

fn end_row(key: InstanceKey, instance: &Instance) -> Option<(i64, u64)> {
    let end = instance.end.as_ref();
    end.map(|end| (end.at.as_micros(), key.0))
}

fn write_chunks(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let rows = |write: &_| matches!(write, Write::Chunk { .. } | Write::DropChunk { .. });
    if !batch.iter().any(rows) {
        return Ok(());
    }
    let mut table = transaction.open_table(CHUNKS)?;
    for write in batch {
        match write {
            Write::Chunk { key, no, bytes } => {
                table.insert((key.0, no.0), &**bytes)?;
            }
            Write::DropChunk { key, no } => {
                table.remove((key.0, no.0))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn write_active(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let mut last: BTreeMap<InstanceKey, bool> = BTreeMap::new();
    for write in batch {
        if let Write::Active { key, active } = write {
            last.insert(*key, *active);
        }
    }
    if last.is_empty() {
        return Ok(());
    }
    let mut table = transaction.open_table(ACTIVE)?;
    for (key, active) in last {
        if active {
            table.insert(key.0, ())?;
        } else {
            table.remove(key.0)?;
        }
    }
    Ok(())
}

fn write_timers(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let mut last: BTreeMap<Due, bool> = BTreeMap::new();
    for write in batch {
        match write {
            Write::Timer(due) => last.insert(*due, true),
            Write::DropTimer(due) => last.insert(*due, false),
            _ => continue,
        };
    }
    if last.is_empty() {
        return Ok(());
    }
    let mut table = transaction.open_table(TIMERS)?;
    for (due, set) in last {
        let row = (due.at.as_micros(), due.key.0, due.leaf.0);
        if set {
            table.insert(row, ())?;
        } else {
            table.remove(row)?;
        }
    }
    Ok(())
}

fn write_inbox(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let seen = batch.iter().filter_map(|write| match write {
        Write::Seen { key, message_id } => Some((key.0, &**message_id)),
        _ => None,
    });
    for row in seen {
        transaction.open_table(SEEN)?.insert(row, ())?;
    }
    let rows = |write: &_| matches!(write, Write::Message { .. } | Write::DropMessage { .. });
    if !batch.iter().any(rows) {
        return Ok(());
    }
    let mut table = transaction.open_table(INBOX)?;
    for write in batch {
        match write {
            Write::Message {
                key,
                channel,
                seq,
                payload,
            } => {
                table.insert((key.0, &**channel, *seq), &**payload.bytes())?;
            }
            Write::DropMessage { key, channel, seq } => {
                table.remove((key.0, &**channel, *seq))?;
            }
            _ => {}
        }
    }
    Ok(())
}
