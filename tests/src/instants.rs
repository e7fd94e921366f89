//! A store that lets a test act at each instant of a run: right before a commit is
//! written, and right after.

use std::fmt;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use flowstone::engine::{Engine, Violation};
use flowstone::store::{Counters, Left, Store, StoreError, View};
use flowstone::turn::Write;

/// A point of a run at which a store holds something new, or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// Which commit, counted from 1.
    pub commit: u64,
    /// Whether it is written by now.
    pub is_written: bool,
}

type Deed = Box<dyn FnMut(Instant) + Send>;

/// What is done at the instants of the stores that are made [`over`](Self::over) others.
/// Clones share it.
#[derive(Clone, Default)]
pub struct Instants(Arc<Mutex<Option<Deed>>>);

impl Instants {
    /// From now on `deed` is done at each instant.
    pub fn on_each(&self, deed: impl FnMut(Instant) + Send + 'static) {
        self.set(Some(Box::new(deed)));
    }

    /// From now on `engine`, which must be a simulation's, is checked at each instant; gives
    /// what is found, each with its commit.
    ///
    /// # Panics
    ///
    /// When the store cannot be read.
    #[must_use]
    pub fn check(&self, engine: Engine) -> Arc<Mutex<Vec<(u64, Violation)>>> {
        let found: Arc<Mutex<Vec<_>>> = Arc::default();
        let all = Arc::clone(&found);
        self.on_each(move |now| {
            let mut check = pin!(engine.check());
            let mut cx = Context::from_waker(Waker::noop());
            let Poll::Ready(checked) = check.as_mut().poll(&mut cx) else {
                panic!("a simulation reads in place")
            };
            let violations = checked.expect("it can be read").into_iter();
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(violations.map(|violation| (now.commit, violation)));
        });
        found
    }

    /// From now on nothing is done; what the deed held is dropped.
    pub fn forget(&self) {
        self.set(None);
    }

    /// The store `inner`, whose commits are counted from 1.
    pub fn over<S: Store>(&self, inner: S) -> Stopping<S> {
        Stopping {
            inner,
            instants: self.clone(),
            commits: AtomicU64::new(0),
        }
    }

    fn set(&self, deed: Option<Deed>) {
        // What is dropped may be the last handle of an engine: not under the lock.
        let old = std::mem::replace(
            &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner),
            deed,
        );
        drop(old);
    }

    fn come(&self, now: Instant) {
        if let Some(deed) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            deed(now);
        }
    }
}

impl fmt::Debug for Instants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Instants")
    }
}

/// A store over another, with its instants.
#[derive(Debug)]
pub struct Stopping<S> {
    inner: S,
    instants: Instants,
    commits: AtomicU64,
}

impl<S: Store> Store for Stopping<S> {
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
        let commit = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        let at = |is_written| Instant { commit, is_written };
        self.instants.come(at(false));
        self.inner.commit(batch)?;
        self.instants.come(at(true));
        Ok(())
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.inner.settle()
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.inner.view()
    }
}
