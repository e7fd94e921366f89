//! Lets the tests of a program kill it at each commit.
//!
//! With `EXAMPLE_DIE=before:7` the process ends, as by a power cut, just
//! before its seventh commit; with `after:7`, just behind it.

use std::process::{Command, id};
use std::sync::atomic::{AtomicU64, Ordering};

use flowstone::store::{Counters, Left, RedbStore, Store, StoreError, View};
use flowstone::turn::Write;

/// The store, mortal if the environment says so.
#[must_use]
pub fn when_told(store: RedbStore) -> Mortal {
    let told = std::env::var("EXAMPLE_DIE").unwrap_or_default();
    let (when, commit) = told.split_once(':').unwrap_or_default();
    let commit = commit.parse().unwrap_or(0);
    Mortal {
        store,
        before: when == "before",
        commit,
        commits: AtomicU64::new(0),
    }
}

/// A store that may end its process.
#[derive(Debug)]
pub struct Mortal {
    store: RedbStore,
    before: bool,
    commit: u64,
    commits: AtomicU64,
}

impl Store for Mortal {
    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        let number = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        if number == self.commit && self.before {
            die();
        }
        self.store.commit(batch)?;
        if number == self.commit {
            die();
        }
        Ok(())
    }

    fn begin(&self) -> Result<Left, StoreError> {
        self.store.begin()
    }

    fn end(&self) -> Result<(), StoreError> {
        self.store.end()
    }

    fn abandon(&self) {
        self.store.abandon();
    }

    fn reopen(&self) -> Result<(), StoreError> {
        self.store.reopen()
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.store.counters()
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.store.view()
    }
}

/// Ends the process without any clean-up.
fn die() -> ! {
    let _ = Command::new("kill")
        .args(["-KILL", &id().to_string()])
        .status();
    std::process::abort()
}
