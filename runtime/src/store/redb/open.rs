//! Opening a file: what it is, and whether it can be used.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase, RepairSession, TableError};

use super::tables::{
    ACTIVE, CHILDREN, CHUNKS, DATA, ENDED, FORMAT, GARBAGE, HOT, IDS, INBOX, INSTANCES, JOURNAL,
    META, NEWEST_FORMAT, OLDEST_FORMAT, SEEN, TIMERS,
};
use crate::store::StoreError;

/// What every redb file begins with.
const MAGIC: &[u8] = b"redb\x1a\x0a\xa9\x0d\x0a";

/// An open file.
pub(super) struct Opened {
    pub(super) database: Database,
    /// Whether all of it had to be read.
    pub(super) was_repaired: bool,
}

pub(super) fn open(path: &Path, cache_bytes: usize) -> Result<Opened, StoreError> {
    caught(path, || {
        check_file(path)?;
        open_with(path, cache_bytes, |builder| builder.create(path))
    })
}

/// The same on what is no file, called `name`.
#[cfg(feature = "testing")]
pub(super) fn open_medium(
    name: &Path,
    medium: &dyn super::Medium,
    cache_bytes: usize,
) -> Result<Opened, StoreError> {
    caught(name, || {
        open_with(name, cache_bytes, |builder| medium.create(builder))
    })
}

/// Runs redb's code. It reports most damage as errors and panics on some
/// (4.5.0: a page of an unknown type in a file that was closed in order).
pub(super) fn caught<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(StoreError::Corrupt {
            path: path.to_owned(),
            what: text.unwrap_or("redb panicked").to_owned(),
        })
    })
}

fn check_file(path: &Path) -> Result<(), StoreError> {
    let io = |source| typed(path, redb::Error::Io(source));
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return Err(StoreError::NoFolder {
            path: path.to_owned(),
            folder: folder.to_owned(),
        });
    }
    let existing = std::fs::metadata(path).ok().map_or(0, |file| file.len());
    if existing > 0 && !has_magic(path).map_err(io)? {
        return Err(StoreError::Foreign {
            path: path.to_owned(),
            what: "it is no redb file",
        });
    }
    Ok(())
}

fn open_with(
    path: &Path,
    cache_bytes: usize,
    create: impl FnOnce(&redb::Builder) -> Result<Database, DatabaseError>,
) -> Result<Opened, StoreError> {
    let repaired = Arc::new(AtomicBool::new(false));
    let mut builder = Database::builder();
    builder
        .set_cache_size(cache_bytes)
        .set_repair_callback(telling(path, &repaired));
    let database = create(&builder).map_err(|error| match error {
        DatabaseError::DatabaseAlreadyOpen => StoreError::InUse {
            path: path.to_owned(),
        },
        error => typed(path, error.into()),
    })?;
    check_format(path, &database)?;
    Ok(Opened {
        database,
        was_repaired: repaired.load(Ordering::Relaxed),
    })
}

/// Says, the first time that redb calls it, that the whole file is being read:
/// with a large one that takes a while in which nothing else can be seen.
fn telling(path: &Path, repaired: &Arc<AtomicBool>) -> impl Fn(&mut RepairSession) + 'static {
    let (path, repaired) = (path.to_owned(), Arc::clone(repaired));
    move |_| {
        if !repaired.swap(true, Ordering::Relaxed) {
            let path = path.display();
            tracing::info!(%path, "left in the middle of work; reading the whole file once");
        }
    }
}

/// The error of a file, by what can be done about it.
pub(super) fn typed(path: &Path, error: redb::Error) -> StoreError {
    let path = path.to_owned();
    match error {
        redb::Error::DatabaseAlreadyOpen | redb::Error::LockProtocolMismatch => {
            StoreError::InUse { path }
        }
        redb::Error::Corrupted(what) => StoreError::Corrupt { path, what },
        redb::Error::Io(source) => match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                StoreError::Full { path, source }
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                StoreError::Forbidden { path, source }
            }
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => StoreError::Corrupt {
                path,
                what: source.to_string(),
            },
            _ => StoreError::Io { path, source },
        },
        error => StoreError::Database {
            path,
            source: Box::new(error),
        },
    }
}

fn has_magic(path: &Path) -> std::io::Result<bool> {
    let mut start = Vec::new();
    let file = std::fs::File::open(path)?;
    let wanted = u64::try_from(MAGIC.len()).unwrap_or(u64::MAX);
    std::io::Read::read_to_end(&mut std::io::Read::take(file, wanted), &mut start)?;
    Ok(start == MAGIC)
}

/// Refuses files of other programs and of newer formats; makes a new file ours.
fn check_format(path: &Path, database: &Database) -> Result<(), StoreError> {
    let error = |source| typed(path, source);
    let view = database
        .begin_read()
        .map_err(|source| error(source.into()))?;
    let found = match format(&view) {
        Ok(found) => found,
        Err(redb::Error::TableTypeMismatch { .. } | redb::Error::TableIsMultimap(_)) => {
            return Err(foreign(path, "its tables are those of another program"));
        }
        Err(source) => return Err(error(source)),
    };
    let Some(found) = found else {
        let mut tables = view.list_tables().map_err(|source| error(source.into()))?;
        if tables.next().is_some() {
            return Err(foreign(path, "its tables are those of another program"));
        }
        return create(database).map_err(error);
    };
    if found == NEWEST_FORMAT {
        return Ok(());
    }
    if (OLDEST_FORMAT..NEWEST_FORMAT).contains(&found) {
        // A newer format has more tables, and more that rows can say.
        return create(database).map_err(error);
    }
    Err(StoreError::Format {
        path: path.to_owned(),
        found,
        oldest: OLDEST_FORMAT,
        newest: NEWEST_FORMAT,
    })
}

fn foreign(path: &Path, what: &'static str) -> StoreError {
    let path = path.to_owned();
    StoreError::Foreign { path, what }
}

fn format(view: &ReadTransaction) -> Result<Option<u64>, redb::Error> {
    let table = match view.open_table(META) {
        Ok(table) => table,
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let found = table.get(FORMAT)?.map(|format| format.value());
    Ok(found.or(Some(0)))
}

/// Makes the tables that are not there, so that reading never meets a missing one.
fn create(database: &Database) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    transaction
        .open_table(META)?
        .insert(FORMAT, NEWEST_FORMAT)?;
    transaction.open_table(IDS)?;
    transaction.open_table(INSTANCES)?;
    transaction.open_table(HOT)?;
    transaction.open_table(CHUNKS)?;
    transaction.open_table(ACTIVE)?;
    transaction.open_table(TIMERS)?;
    transaction.open_table(INBOX)?;
    transaction.open_table(JOURNAL)?;
    transaction.open_table(CHILDREN)?;
    transaction.open_table(SEEN)?;
    transaction.open_table(DATA)?;
    transaction.open_table(ENDED)?;
    transaction.open_table(GARBAGE)?;
    Ok(transaction.commit()?)
}
