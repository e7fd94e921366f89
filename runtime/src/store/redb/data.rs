//! The values that flows put: rows of their own, so that a step writes what it changes.

use redb::WriteTransaction;

use super::tables::DATA;
use super::write::Result;
use crate::turn::Write;

pub(super) fn write(transaction: &WriteTransaction, batch: &[Write]) -> Result<()> {
    let rows = |write: &_| matches!(write, Write::Datum { .. } | Write::DropDatum { .. });
    if !batch.iter().any(rows) {
        return Ok(());
    }
    let mut table = transaction.open_table(DATA)?;
    for write in batch {
        match write {
            Write::Datum { key, name, datum } => {
                table.insert((key.0, name.as_str()), datum.encode().as_slice())?;
            }
            Write::DropDatum { key, name } => {
                table.remove((key.0, name.as_str()))?;
            }
            _ => {}
        }
    }
    Ok(())
}
