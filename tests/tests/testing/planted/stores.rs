//! Stores that play the faults of an engine: one changes what is written, one forgets
//! in a crash what was durable.

use std::sync::{Arc, RwLock};

use flowstone::record::Hot;
use flowstone::store::{Counters, Left, MemoryStore, Store, StoreError, View};
use flowstone::turn::Write;

/// What becomes of a write, after the states that were written before.
pub(super) type Tamper = fn(Write, &[Arc<Hot>]) -> Option<Write>;

/// A store that writes something else than it is told.
#[derive(Debug)]
pub(super) struct Tampered<S> {
    inner: S,
    tamper: Tamper,
    former: RwLock<Vec<Arc<Hot>>>,
}

impl<S: Store> Tampered<S> {
    pub(super) fn new(inner: S, tamper: Tamper) -> Self {
        let former = RwLock::default();
        Self {
            inner,
            tamper,
            former,
        }
    }
}

impl<S: Store> Store for Tampered<S> {
    fn begin(&self) -> Result<Left, StoreError> {
        self.inner.begin()
    }

    fn end(&self) -> Result<(), StoreError> {
        self.inner.end()
    }

    fn abandon(&self) {
        self.inner.abandon();
    }

    fn reopen(&self) -> Result<(), StoreError> {
        self.inner.reopen()
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.inner.counters()
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        let mut former = self.former.write().expect("no panic");
        let mut writes = Vec::new();
        for write in batch {
            writes.extend((self.tamper)(write.clone(), &former));
            if let Write::Hot { hot, .. } = write {
                former.push(Arc::clone(hot));
            }
        }
        self.inner.commit(&writes)
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.inner.view()
    }
}

/// What a crash does to the commits so far.
pub(super) type Forget = fn(&mut Vec<Vec<Write>>);

/// A store of which a crash takes what was durable.
#[derive(Debug)]
pub(super) struct Forgetful {
    forget: Forget,
    commits: RwLock<Vec<Vec<Write>>>,
    /// What all commits came to; never freed, so that views can show it.
    present: RwLock<&'static MemoryStore>,
}

impl Forgetful {
    pub(super) fn new(forget: Forget) -> Self {
        Self {
            forget,
            commits: RwLock::default(),
            present: RwLock::new(Box::leak(Box::default())),
        }
    }

    fn present(&self) -> &'static MemoryStore {
        *self.present.read().expect("no panic")
    }
}

impl Store for Forgetful {
    fn begin(&self) -> Result<Left, StoreError> {
        self.present().begin()
    }

    fn end(&self) -> Result<(), StoreError> {
        self.present().end()
    }

    fn abandon(&self) {}

    fn reopen(&self) -> Result<(), StoreError> {
        let mut commits = self.commits.write().expect("no panic");
        (self.forget)(&mut commits);
        let kept: &MemoryStore = Box::leak(Box::default());
        kept.begin()?;
        commits.iter().try_for_each(|batch| kept.commit(batch))?;
        *self.present.write().expect("no panic") = kept;
        Ok(())
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.present().counters()
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        self.present().commit(batch)?;
        self.commits.write().expect("no panic").push(batch.to_vec());
        Ok(())
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.present().view()
    }
}
