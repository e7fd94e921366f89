//! Why a store cannot do what it is asked.

use std::path::PathBuf;

use crate::record::Damaged;
use crate::report::debug_as_text;

debug_as_text!(StoreError);

/// An error of a store.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process, or another engine of this one, has the file open.
    #[error(
        "{} is in use by another engine; stop that one, or let this one wait for it with \
         `Engine::builder().wait_for_file(..)`",
        path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The folder of the file is missing.
    #[error(
        "{} cannot be made: there is no folder {}; make that first, with \
         `std::fs::create_dir_all`, or give another path",
        path.display(),
        folder.display()
    )]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// The file was not made by Flowstone.
    #[error("{} is not a Flowstone store: {what}; give another path", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How that shows.
        what: &'static str,
    },
    /// The file was made by a version of Flowstone that this one cannot read.
    #[error(
        "{} has format {found}, this version of Flowstone reads {oldest} to {newest}; use a \
         newer one",
        path.display()
    )]
    Format {
        /// The file.
        path: PathBuf,
        /// The format that a reader of the file must know.
        found: u64,
        /// The oldest format that is read.
        oldest: u64,
        /// The newest format that is read.
        newest: u64,
    },
    /// The disk, or what the process may use of it, is full.
    #[error("no space is left for {}; make some, the engine goes on by itself", path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The process has not the rights that it needs.
    #[error(
        "this process may not read and write {} ({source}); give it the rights to the file and \
         its folder, or give another path",
        path.display()
    )]
    Forbidden {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system refused to read or write.
    #[error("{} cannot be read or written: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A row cannot be read.
    #[error("{source}; restore the store from a copy")]
    Damaged {
        /// Which row.
        #[from]
        source: Damaged,
    },
    /// The file is damaged.
    #[error("{} is damaged: {what}; restore it from a copy", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The database refused for a reason of its own.
    #[cfg(feature = "redb")]
    #[error("{}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: Box<::redb::Error>,
    },
    /// The store was closed, or is being opened again after an error.
    #[error("the store is not open; if the engine is recovering from an error, try again")]
    Closed,
    /// The code of the store panicked.
    #[error("the store panicked: {message}")]
    Panicked {
        /// The panic's message.
        message: String,
    },
}

impl StoreError {
    /// Whether the same call may succeed later without anybody changing the
    /// program or the path.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::InUse { .. } | Self::Full { .. } | Self::Io { .. } | Self::Closed => true,
            #[cfg(feature = "redb")]
            Self::Database { .. } => true,
            Self::NoFolder { .. }
            | Self::Forbidden { .. }
            | Self::Foreign { .. }
            | Self::Format { .. }
            | Self::Damaged { .. }
            | Self::Corrupt { .. }
            | Self::Panicked { .. } => false,
        }
    }
}
