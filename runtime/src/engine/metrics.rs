//! What an engine has done since it was opened, in numbers.
//!
//! In: what the two threads did, counted where it happens. Out: a snapshot, for a
//! program to hand to whatever it reports to.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Engine;
use crate::ids::InstanceKey;
use crate::record::{Ending, Status};
use crate::store::{StoreError, View};
use crate::turn::{Report, Write};

/// So many instances are read at once.
const PAGE: usize = 1024;

/// What an engine has done since it was opened.
///
/// Numbers only grow, so that a rate is the difference of two snapshots. What a failed
/// commit took back was counted all the same.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn double(n: u32) -> u32 {
///     n * 2
/// }
///
/// #[flow]
/// async fn quadruple(n: u32) -> u32 {
///     double(double(n).await).await
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// engine.run("q", quadruple(2)).await?;
/// let metrics = engine.metrics();
/// assert_eq!((metrics.started, metrics.returned, metrics.attempts.returned), (1, 1, 2));
/// assert!(metrics.commits.count >= 1);
/// let statuses = engine.count_by_status().await?;
/// assert_eq!(statuses.into_iter().collect::<Vec<_>>(), [(Status::Finished, 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Metrics {
    /// Turns taken: steps, and whatever else happened to instances.
    pub turns: u64,
    /// Instances started, children too.
    pub started: u64,
    /// Instances whose flow returned, an `Err` too.
    pub returned: u64,
    /// Instances that were cancelled.
    pub cancelled: u64,
    /// Instances that were terminated.
    pub terminated: u64,
    /// Messages that had to wait in a channel.
    pub messages_stored: u64,
    /// Attempts of actions.
    pub attempts: AttemptMetrics,
    /// Transactions.
    pub commits: CommitMetrics,
}

/// What attempts of actions came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct AttemptMetrics {
    /// Attempts handed over, to run as soon as there is room.
    pub begun: u64,
    /// Those that returned a value, or `Ok`.
    pub returned: u64,
    /// Those that returned `Err`.
    pub failed: u64,
    /// Those that took too long, panicked, or could not be run.
    pub broken: u64,
    /// Those that run or wait for room at this moment.
    pub running: u64,
}

/// Transactions of the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CommitMetrics {
    /// How many there were.
    pub count: u64,
    /// How many rows they changed.
    pub writes: u64,
    /// About how many bytes they had.
    pub bytes: u64,
    /// How long they took together, until they were durable.
    pub time: Duration,
    /// How long the longest took.
    pub longest: Duration,
    /// Those that failed; the store was then opened again.
    pub failed: u64,
    /// Batches of turns that wait for a transaction at this moment.
    pub waiting: u64,
}

impl Engine {
    /// What the engine has done since it was opened. Costs next to nothing.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let mut metrics = self.inner.counters.lock().clone();
        let running = self.inner.monitor.health().running_actions;
        metrics.attempts.running = u64::try_from(running).unwrap_or(u64::MAX);
        metrics
    }

    /// How many instances are doing what; those that cannot be read are left out. Reads
    /// the whole store, away from async threads.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the store cannot be read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn count_by_status(&self) -> Result<BTreeMap<Status, u64>, StoreError> {
        self.read(count).await
    }
}

fn count(view: &dyn View) -> Result<BTreeMap<Status, u64>, StoreError> {
    let mut counts = BTreeMap::new();
    let mut after: Option<InstanceKey> = None;
    loop {
        let keys = view.instances(after, PAGE)?;
        let Some(last) = keys.last() else {
            return Ok(counts);
        };
        after = Some(*last);
        for key in keys {
            match view.load(key) {
                Ok(Some((_, hot))) => *counts.entry(hot.status()).or_default() += 1,
                Ok(None) | Err(StoreError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Where it is counted.
#[derive(Debug, Default)]
pub(super) struct Counters(Mutex<Metrics>);

impl Counters {
    /// A turn was taken that writes this, and begins so many attempts.
    pub(super) fn turn(&self, writes: &[Write], begun: usize) {
        let mut metrics = self.lock();
        metrics.turns += 1;
        metrics.attempts.begun += wide(begun);
        for write in writes {
            match write {
                Write::Create { .. } => metrics.started += 1,
                Write::Message { .. } => metrics.messages_stored += 1,
                Write::End { instance, .. } => match instance.end.as_ref().map(|end| &end.how) {
                    Some(Ending::Cancelled { .. }) => metrics.cancelled += 1,
                    Some(Ending::Terminated { .. }) => metrics.terminated += 1,
                    Some(Ending::Returned(_)) | None => metrics.returned += 1,
                },
                _ => {}
            }
        }
    }

    /// An attempt ended so.
    pub(super) fn attempt(&self, report: &Report) {
        let mut metrics = self.lock();
        let attempts = &mut metrics.attempts;
        match report {
            Report::Returned(_) => attempts.returned += 1,
            Report::Failed { .. } => attempts.failed += 1,
            Report::Broken(_) | Report::Unusable(_) => attempts.broken += 1,
        }
    }

    /// A batch was handed over.
    pub(super) fn handed_over(&self) {
        self.lock().commits.waiting += 1;
    }

    /// So many batches were written, or refused.
    pub(super) fn taken(&self, batches: usize) {
        let mut metrics = self.lock();
        metrics.commits.waiting = metrics.commits.waiting.saturating_sub(wide(batches));
    }

    /// A transaction of this size is durable, and took so long.
    pub(super) fn committed(&self, writes: usize, bytes: usize, took: Duration) {
        if writes == 0 {
            // There was nothing but answers to give.
            return;
        }
        let mut metrics = self.lock();
        let commits = &mut metrics.commits;
        commits.count += 1;
        commits.writes += wide(writes);
        commits.bytes += wide(bytes);
        commits.time += took;
        commits.longest = commits.longest.max(took);
    }

    pub(super) fn commit_failed(&self) {
        self.lock().commits.failed += 1;
    }

    /// Plain values: a panic of another thread leaves none half written.
    fn lock(&self) -> MutexGuard<'_, Metrics> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
