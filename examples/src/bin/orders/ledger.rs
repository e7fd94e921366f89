//! What the bank and the warehouse have booked: a file with a line for each
//! row, synced before the answer. A key is booked once, however often it comes.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// A booking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Row {
    Charge { key: String, cents: u64 },
    Refund { key: String, cents: u64 },
    Sent { key: String, cents: u64 },
}

impl Row {
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Charge { key, .. } | Self::Refund { key, .. } | Self::Sent { key, .. } => key,
        }
    }
}

/// The sums.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Books {
    pub(crate) charged: u64,
    pub(crate) refunded: u64,
    pub(crate) sent: u64,
}

/// The file, and what is in it.
pub(crate) struct Ledger {
    file: File,
    rows: BTreeMap<String, u64>,
    books: Books,
}

impl Ledger {
    /// Opens the file; a line that a crash cut off was never answered, and is
    /// dropped.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let mut ledger = Self {
            file: file.try_clone()?,
            rows: BTreeMap::new(),
            books: Books::default(),
        };
        let mut reader = BufReader::new(file);
        reader.seek(SeekFrom::Start(0))?;
        let (mut line, mut whole) = (String::new(), 0);
        while reader.read_line(&mut line)? > 0 {
            let Some(row) = line
                .strip_suffix('\n')
                .and_then(|row| serde_json::from_str(row).ok())
            else {
                break;
            };
            ledger.enter(&row);
            whole += line.len() as u64;
            line.clear();
        }
        ledger.file.set_len(whole)?;
        Ok(ledger)
    }

    /// Books a row, once; gives its number.
    pub(crate) fn book(&mut self, row: &Row) -> io::Result<u64> {
        if let Some(number) = self.rows.get(row.key()) {
            return Ok(*number);
        }
        let mut line = serde_json::to_vec(row)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        Ok(self.enter(row))
    }

    pub(crate) fn books(&self) -> Books {
        self.books
    }

    fn enter(&mut self, row: &Row) -> u64 {
        match row {
            Row::Charge { cents, .. } => self.books.charged += cents,
            Row::Refund { cents, .. } => self.books.refunded += cents,
            Row::Sent { cents, .. } => self.books.sent += cents,
        }
        let number = self.rows.len() as u64;
        self.rows.insert(row.key().to_owned(), number);
        number
    }
}
