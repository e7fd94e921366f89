//! A store that fails when a test says so.
//!
//! In: any store. Out: the same, whose commits fail before they are written, or
//! are written and fail all the same, or take long.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::rng::Rng;
use crate::store::{Counters, Left, Store, StoreError, View};
use crate::turn::Write;

/// A store around another that fails when a test says so: to see what a program does
/// while its engine recovers, and what a new store makes of errors.
///
/// The errors are of the kind of a disk that refuses ([`StoreError::Io`]), so trying
/// again may help. Commits are counted from 1, those that fail too.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
/// use flowstone::store::MemoryStore;
/// use flowstone::testing::{FaultyStore, Simulation};
///
/// #[flow]
/// async fn nap() -> u32 {
///     flow::sleep(Duration::from_secs(60)).await;
///     7
/// }
///
/// let mut sim = Simulation::new(1);
/// sim.with_store(|| FaultyStore::new(MemoryStore::new()).fails_before([1]).fails_after([2]));
/// let told = sim.run(async |engine| {
///     // The first commit is the start: nothing was written, the caller is told.
///     let error = engine.start("nap", nap()).await.unwrap_err();
///     assert!(error.is_retryable());
///     engine.sleep(Duration::from_secs(1)).await;
///     // The second was written, and nobody knows. The same start attaches to it.
///     assert!(engine.start("nap", nap()).await.is_err());
///     engine.sleep(Duration::from_secs(1)).await;
///     engine.run("nap", nap()).await
/// });
/// assert_eq!(told.unwrap(), 7);
/// ```
#[derive(Debug)]
pub struct FaultyStore<S> {
    inner: S,
    before: BTreeSet<u64>,
    after: BTreeSet<u64>,
    slow: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    commits: u64,
    /// How often it still cannot be opened again.
    closed: u32,
    /// Fails one of so many commits.
    random: Option<(Rng, usize)>,
}

/// What becomes of a commit.
#[derive(PartialEq)]
enum Fate {
    Done,
    FailsBefore,
    FailsAfter,
}

impl<S: Store> FaultyStore<S> {
    /// One that does what `inner` does, until it is told otherwise.
    #[must_use]
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            before: BTreeSet::new(),
            after: BTreeSet::new(),
            slow: Duration::ZERO,
            state: Mutex::default(),
        }
    }

    /// Fails the commits of these numbers before anything is written.
    #[must_use]
    pub fn fails_before(mut self, commits: impl IntoIterator<Item = u64>) -> Self {
        self.before.extend(commits);
        self
    }

    /// Writes the commits of these numbers and reports an error all the same.
    #[must_use]
    pub fn fails_after(mut self, commits: impl IntoIterator<Item = u64>) -> Self {
        self.after.extend(commits);
        self
    }

    /// Fails one of `one_in` commits, drawn from `seed`, half of them before and half
    /// of them after they are written.
    #[must_use]
    pub fn fails_at_random(self, seed: u64, one_in: usize) -> Self {
        self.lock().random = Some((Rng::new(seed), one_in.max(1)));
        self
    }

    /// Cannot be opened again so often after an error.
    #[must_use]
    pub fn fails_to_reopen(self, times: u32) -> Self {
        self.lock().closed = times;
        self
    }

    /// Lets each commit take so long, in real time. Default: none.
    #[must_use]
    pub fn slow(mut self, time: Duration) -> Self {
        self.slow = time;
        self
    }

    /// What becomes of the next commit.
    fn fate(&self) -> Fate {
        let mut state = self.lock();
        state.commits += 1;
        let number = state.commits;
        let random = state.random.as_mut();
        let random =
            random.and_then(|(rng, one_in)| (rng.below(*one_in) == 0).then(|| rng.below(2)));
        match random {
            _ if self.before.contains(&number) => Fate::FailsBefore,
            _ if self.after.contains(&number) => Fate::FailsAfter,
            Some(0) => Fate::FailsBefore,
            Some(_) => Fate::FailsAfter,
            None => Fate::Done,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Store> Store for FaultyStore<S> {
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
        let mut state = self.lock();
        if state.closed > 0 {
            state.closed -= 1;
            return Err(refused("be opened again"));
        }
        drop(state);
        self.inner.reopen()
    }

    fn counters(&self) -> Result<Counters, StoreError> {
        self.inner.counters()
    }

    fn commit(&self, batch: &[Write]) -> Result<(), StoreError> {
        std::thread::sleep(self.slow);
        let fate = self.fate();
        if fate == Fate::FailsBefore {
            return Err(refused("write"));
        }
        self.inner.commit(batch)?;
        match fate {
            Fate::FailsAfter => Err(refused("say that it has written")),
            Fate::Done | Fate::FailsBefore => Ok(()),
        }
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.inner.settle()
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.inner.view()
    }
}

fn refused(what: &str) -> StoreError {
    StoreError::Io {
        path: "a faulty store".into(),
        source: io::Error::other(format!("a test lets it not {what}")),
    }
}
