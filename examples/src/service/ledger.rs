//! What the service has done: a file with a line for each request, synced before the
//! answer. A key is booked once, however often it comes.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What the service is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The same when it is asked again.
    pub key: String,
    /// What is to be done.
    pub what: String,
    /// With what: a card, goods, a trip.
    pub about: String,
    /// How many of them.
    pub quantity: u32,
    /// The money that goes with it.
    pub cents: u64,
}

/// The requests that were booked, in their order.
#[derive(Debug, Clone, Default)]
pub struct Books {
    rows: Vec<Request>,
}

impl Books {
    /// All of them.
    #[must_use]
    pub fn rows(&self) -> &[Request] {
        &self.rows
    }

    /// The money of all requests of one kind.
    #[must_use]
    pub fn cents(&self, what: &str) -> u64 {
        self.of(what).map(|row| row.cents).sum()
    }

    /// The requests of one kind.
    pub fn of(&self, what: &str) -> impl Iterator<Item = &Request> {
        self.rows.iter().filter(move |row| row.what == what)
    }
}

/// The file, and what is in it.
#[derive(Debug)]
pub(super) struct Ledger {
    file: File,
    numbers: BTreeMap<String, u64>,
    books: Books,
}

impl Ledger {
    /// Opens the file; a line that a crash cut off was never answered, and is
    /// dropped.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let mut ledger = Self {
            file: file.try_clone()?,
            numbers: BTreeMap::new(),
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
            ledger.enter(row);
            whole += line.len() as u64;
            line.clear();
        }
        ledger.file.set_len(whole)?;
        Ok(ledger)
    }

    /// Books a request, once; gives its number.
    pub(super) fn book(&mut self, request: &Request) -> io::Result<u64> {
        if let Some(number) = self.numbers.get(&request.key) {
            return Ok(*number);
        }
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        Ok(self.enter(request.clone()))
    }

    pub(super) fn books(&self) -> &Books {
        &self.books
    }

    fn enter(&mut self, request: Request) -> u64 {
        let number = self.numbers.len() as u64;
        self.numbers.insert(request.key.clone(), number);
        self.books.rows.push(request);
        number
    }
}
