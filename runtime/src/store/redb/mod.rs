//! The embedded store: one file, by redb.
//!
//! In: batches of writes. Out: rows. One commit is one redb transaction of
//! immediate durability. The layout is in `docs/storage.md`; `open` finds out
//! what a file is, `write` and `read` are the two directions.

mod data;
mod open;
mod read;
mod sweep;
mod tables;
#[cfg(test)]
mod tests;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use redb::{Database, ReadableDatabase};

use self::read::RedbView;
use super::{Counters, Left, Store, StoreError, View};
use crate::turn::Write;

/// A store in one file.
#[derive(Debug)]
pub struct RedbStore {
    path: PathBuf,
    cache_bytes: usize,
    /// What it is on instead of the file at `path`.
    #[cfg(feature = "testing")]
    medium: Option<Box<dyn Medium>>,
    /// `None` once it was closed, or while it is opened again.
    database: RwLock<Option<Database>>,
    was_repaired: AtomicBool,
}

/// Something else than a file that a database can be on: a test's.
#[cfg(feature = "testing")]
pub(crate) trait Medium: std::fmt::Debug + Send + Sync {
    /// Opens the database that is there, or makes one.
    fn create(&self, builder: &redb::Builder) -> Result<Database, redb::DatabaseError>;
}

impl RedbStore {
    /// The memory that pages of the file may take by default, in bytes: 64 MiB.
    pub const DEFAULT_CACHE_BYTES: usize = 64 * 1024 * 1024;

    /// Opens or creates the file, with
    /// [`DEFAULT_CACHE_BYTES`](Self::DEFAULT_CACHE_BYTES).
    ///
    /// After a crash in the middle of work this reads the whole file once, to
    /// verify it; see [`was_repaired`](Self::was_repaired).
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file is in use, foreign, damaged, of a newer
    /// format, or cannot be read and written.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::store::RedbStore;
    ///
    /// let folder = tempfile::tempdir()?;
    /// let store = RedbStore::open(folder.path().join("orders.redb"))?;
    /// let second = RedbStore::open(folder.path().join("orders.redb"));
    /// assert!(second.unwrap_err().to_string().contains("in use"));
    /// # drop(store);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::with_cache(path, Self::DEFAULT_CACHE_BYTES)
    }

    /// Opens or creates the file; its pages may take `cache_bytes` of memory.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn with_cache(path: impl AsRef<Path>, cache_bytes: usize) -> Result<Self, StoreError> {
        let path = path.as_ref().to_owned();
        let opened = open::open(&path, cache_bytes)?;
        Ok(Self {
            path,
            cache_bytes,
            #[cfg(feature = "testing")]
            medium: None,
            database: RwLock::new(Some(opened.database)),
            was_repaired: AtomicBool::new(opened.was_repaired),
        })
    }

    /// Opens what is on `medium`, called `name` in errors.
    #[cfg(feature = "testing")]
    pub(crate) fn on(medium: impl Medium + 'static, name: &str) -> Result<Self, StoreError> {
        let (path, cache_bytes) = (PathBuf::from(name), Self::DEFAULT_CACHE_BYTES);
        let opened = open::open_medium(&path, &medium, cache_bytes)?;
        Ok(Self {
            path,
            cache_bytes,
            medium: Some(Box::new(medium)),
            database: RwLock::new(Some(opened.database)),
            was_repaired: AtomicBool::new(opened.was_repaired),
        })
    }

    fn open_again(&self) -> Result<open::Opened, StoreError> {
        #[cfg(feature = "testing")]
        if let Some(medium) = &self.medium {
            return open::open_medium(&self.path, &**medium, self.cache_bytes);
        }
        open::open(&self.path, self.cache_bytes)
    }

    /// Whether the last opening had to read the whole file: its process had
    /// ended less than a tenth of a second after a commit, or while the store
    /// did not come to rest. Since 0.1.
    #[must_use]
    pub fn was_repaired(&self) -> bool {
        self.was_repaired.load(Ordering::Relaxed)
    }

    /// Runs `work` on the open database.
    fn with<R>(
        &self,
        work: impl FnOnce(&Database) -> Result<R, redb::Error>,
    ) -> Result<R, StoreError> {
        let guard = self.guard();
        let database = guard.as_ref().ok_or(StoreError::Closed)?;
        let typed = |source| open::typed(&self.path, source);
        open::caught(&self.path, || work(database).map_err(typed))
    }

    /// A panic inside redb is reported by the commit in which it happened and
    /// ends in a reopening; the lock itself holds nothing half done.
    fn guard(&self) -> RwLockReadGuard<'_, Option<Database>> {
        self.database.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let mut database = self
            .database
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *database = None;
    }
}

impl Store for RedbStore {
    fn begin(&self) -> Result<Left, StoreError> {
        self.with(|database| {
            let crashed = write::mark(database, true)?;
            Ok(if crashed {
                Left::Crashed
            } else {
                Left::InOrder
            })
        })
    }

    fn end(&self) -> Result<(), StoreError> {
        let marked = self.with(|database| write::mark(database, false));
        self.close();
        marked.map(|_| ())
    }

    fn abandon(&self) {
        self.close();
    }

    fn reopen(&self) -> Result<(), StoreError> {
        let mut database = self
            .database
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        // The old one must let go of the file before it can be locked again.
        *database = None;
        let opened = self.open_again()?;
        *database = Some(opened.database);
        let repaired = opened.was_repaired;
        self.was_repaired.store(repaired, Ordering::Relaxed);
        Ok(())
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.with(|database| read::counters(&database.begin_read()?))
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        self.with(|database| write::commit(database, batch))
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.with(write::settle)
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        let transaction = self.with(|database| Ok(database.begin_read()?))?;
        Ok(Box::new(RedbView::new(transaction, &self.path)))
    }
}
