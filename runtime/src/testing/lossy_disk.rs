//! A disk in memory whose power can go: what was not synced is lost, in part.
//!
//! In: what redb reads and writes. Out: after a cut, the synced bytes with some of
//! the later writes, whole or torn, in no order, as a disk with a cache leaves them.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::{Database, DatabaseError, StorageBackend};

use super::rng::Rng;
use crate::store::{Medium, RedbStore, StoreError};

/// How much a disk writes at once, in bytes: a write is torn between these.
const SECTOR: usize = 512;

/// A disk in memory, for a [`RedbStore`], whose power a test can cut. Clones are the
/// same disk.
///
/// A cut loses all that was written since the last sync, but for a part drawn from
/// the disk's seed: each of these writes, and each change of the file's length, is lost,
/// stays, or stays in part, whatever the order. After a cut nothing can be read or
/// written until [`power_on`](Self::power_on).
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
/// use flowstone::testing::{LossyDisk, Simulation};
///
/// #[flow]
/// async fn nap() -> u32 {
///     flow::sleep(Duration::from_secs(60)).await;
///     7
/// }
///
/// let disk = LossyDisk::new(1);
/// let mut sim = Simulation::new(1);
/// let of_run = disk.clone();
/// sim.with_store(move || of_run.store().unwrap());
/// let result = sim.run(async |engine| {
///     engine.start("nap", nap()).await.unwrap(); // acknowledged, so it stays
///     disk.cut();
///     disk.power_on();
///     let engine = engine.crash().await;
///     engine.run("nap", nap()).await
/// });
/// assert_eq!(result.unwrap(), 7);
/// ```
#[derive(Debug, Clone)]
pub struct LossyDisk(Arc<Mutex<Disk>>);

#[derive(Debug)]
struct Disk {
    rng: Rng,
    /// What a cut cannot take.
    synced: Vec<u8>,
    /// What was written since, oldest first.
    unsynced: Vec<Change>,
    /// What is read.
    present: Vec<u8>,
    /// How many more operations the power lasts for.
    left: Option<u64>,
    is_off: bool,
    /// Grows with each cut: whoever was plugged in before is not any more.
    cuts: u64,
}

#[derive(Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

impl LossyDisk {
    /// An empty disk; what a cut leaves is drawn from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Disk {
            rng: Rng::new(seed),
            synced: Vec::new(),
            unsynced: Vec::new(),
            present: Vec::new(),
            left: None,
            is_off: false,
            cuts: 0,
        })))
    }

    /// Opens the store that is on the disk, or makes one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the power is off, or what is there is damaged.
    pub fn store(&self) -> Result<RedbStore, StoreError> {
        RedbStore::on(self.clone(), "a lossy disk")
    }

    /// Cuts the power now.
    pub fn cut(&self) {
        self.lock().cut();
    }

    /// Cuts the power in the middle of the write, change of length or sync that comes
    /// after so many others.
    pub fn cut_after(&self, operations: u64) {
        self.lock().left = Some(operations);
    }

    /// Whether the power is off.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.lock().is_off
    }

    /// Has power again, for good unless it is cut anew.
    pub fn power_on(&self) {
        let mut disk = self.lock();
        disk.is_off = false;
        disk.left = None;
    }

    fn lock(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Medium for LossyDisk {
    fn create(&self, builder: &redb::Builder) -> Result<Database, DatabaseError> {
        let cuts = self.lock().cuts;
        let disk = self.clone();
        builder.create_with_backend(Plugged { disk, cuts })
    }
}

impl Disk {
    fn cut(&mut self) {
        self.is_off = true;
        self.left = None;
        self.cuts += 1;
        for change in std::mem::take(&mut self.unsynced) {
            // Lost, whole, or torn.
            match (self.rng.below(3), change) {
                (0, _) => {}
                (1, change) | (_, change @ Change::Length(_)) => apply(&mut self.synced, &change),
                (_, Change::Write { at, bytes }) => self.tear(at, &bytes),
            }
        }
        self.present.clone_from(&self.synced);
    }

    /// Keeps some sectors of a write, and of one a part.
    fn tear(&mut self, at: usize, bytes: &[u8]) {
        let torn = self.rng.below(bytes.len() / SECTOR + 1);
        for (number, sector) in bytes.chunks(SECTOR).enumerate() {
            let kept = match self.rng.below(2) {
                _ if number == torn => self.rng.below(sector.len() + 1),
                0 => 0,
                _ => sector.len(),
            };
            let at = at + number * SECTOR;
            let bytes = sector.get(..kept).unwrap_or_default().to_vec();
            apply(&mut self.synced, &Change::Write { at, bytes });
        }
    }

    /// Does a change; the power may go in the middle of it.
    fn change(&mut self, change: Change) -> io::Result<()> {
        apply(&mut self.present, &change);
        self.unsynced.push(change);
        self.operate()
    }

    fn sync(&mut self) -> io::Result<()> {
        self.operate()?;
        for change in std::mem::take(&mut self.unsynced) {
            apply(&mut self.synced, &change);
        }
        Ok(())
    }

    fn operate(&mut self) -> io::Result<()> {
        match &mut self.left {
            Some(0) => {
                self.cut();
                Err(off())
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Length(length) => bytes.resize(*length, 0),
        Change::Write { at, bytes: new } => {
            let end = at + new.len();
            if bytes.len() < end && !new.is_empty() {
                bytes.resize(end, 0);
            }
            if let Some(place) = bytes.get_mut(*at..end) {
                place.copy_from_slice(new);
            }
        }
    }
}

/// A disk as a database has it, until the power goes.
#[derive(Debug)]
struct Plugged {
    disk: LossyDisk,
    cuts: u64,
}

impl Plugged {
    fn disk(&self) -> io::Result<MutexGuard<'_, Disk>> {
        let disk = self.disk.lock();
        if disk.is_off || disk.cuts != self.cuts {
            return Err(off());
        }
        Ok(disk)
    }
}

impl StorageBackend for Plugged {
    fn len(&self) -> io::Result<u64> {
        let disk = self.disk()?;
        u64::try_from(disk.present.len()).map_err(io::Error::other)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let disk = self.disk()?;
        let at = usize::try_from(offset).map_err(io::Error::other)?;
        let bytes = disk.present.get(at..at.saturating_add(out.len()));
        let bytes = bytes.ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let length = usize::try_from(len).map_err(io::Error::other)?;
        self.disk()?.change(Change::Length(length))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.disk()?.sync()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let at = usize::try_from(offset).map_err(io::Error::other)?;
        let bytes = data.to_vec();
        self.disk()?.change(Change::Write { at, bytes })
    }
}

fn off() -> io::Error {
    io::Error::other("the power is off")
}
