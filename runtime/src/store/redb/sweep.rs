//! Removing rows by the thousand: old journal rows, and what removed instances
//! left, a bounded number in one transaction.

use redb::{ReadableTable, WriteTransaction};

use super::tables::{CHUNKS, DATA, GARBAGE, INBOX, JOURNAL, SEEN};
use super::write::Result;
use crate::ids::InstanceKey;
use crate::record::{Entry, JournalSeq};

/// Walks a chain of journal rows from its newest and removes all but `keep`.
pub(super) fn trim(
    transaction: &WriteTransaction,
    key: InstanceKey,
    last: JournalSeq,
    keep: u32,
) -> Result<()> {
    let mut table = transaction.open_table(JOURNAL)?;
    let mut next = Some(last);
    let mut seen = 0;
    while let Some(seq) = next {
        let Some(previous) = previous(&table, key, seq)? else {
            return Ok(());
        };
        if seen >= keep {
            table.remove(seq.0)?;
        }
        seen += 1;
        next = previous;
    }
    Ok(())
}

/// Removes what removed instances left, about `rows` rows of it.
pub(super) fn sweep(transaction: &WriteTransaction, rows: u32) -> Result<()> {
    let mut garbage = transaction.open_table(GARBAGE)?;
    let mut journal = transaction.open_table(JOURNAL)?;
    let mut chunks = transaction.open_table(CHUNKS)?;
    let mut inbox = transaction.open_table(INBOX)?;
    let mut seen = transaction.open_table(SEEN)?;
    let mut data = transaction.open_table(DATA)?;
    let mut left = rows;
    while left > 0 {
        let first = garbage.first()?;
        let Some((key, last)) = first.map(|(key, last)| (key.value(), last.value())) else {
            break;
        };
        let mut next = last.map(JournalSeq);
        while let (Some(seq), 1..) = (next, left) {
            next = match previous(&journal, InstanceKey(key), seq)? {
                None => None,
                Some(previous) => {
                    journal.remove(seq.0)?;
                    previous
                }
            };
            left -= 1;
        }
        if next.is_some() {
            garbage.insert(key, next.map(|seq| seq.0))?;
            break;
        }
        // Pieces, messages and values of one instance are bounded by what it held, so
        // they go in one piece.
        chunks.retain_in((key, 0)..=(key, u32::MAX), |_, _| false)?;
        inbox.retain_in((key, "", 0)..(key + 1, "", 0), |_, _| false)?;
        seen.retain_in((key, "")..(key + 1, ""), |_, ()| false)?;
        data.retain_in((key, "")..(key + 1, ""), |_, _| false)?;
        garbage.remove(key)?;
        left = left.saturating_sub(1);
    }
    Ok(())
}

/// The row before `seq` in the chain of `key`; `None` where the chain ends
/// because the row is missing, damaged, or (after trimming) of somebody else.
#[expect(
    clippy::option_option,
    reason = "a row that ends the chain is not a missing row"
)]
fn previous(
    table: &impl ReadableTable<u64, &'static [u8]>,
    key: InstanceKey,
    seq: JournalSeq,
) -> Result<Option<Option<JournalSeq>>> {
    let row = table.get(seq.0)?;
    let entry = row.and_then(|row| Entry::decode(&row.value().to_vec().into()).ok());
    let entry = entry.filter(|entry| entry.key == key);
    Ok(entry.map(|entry| entry.previous))
}
