//! The commit thread: the only caller of `Store::commit`.
//!
//! In: batches in the order of their turns. Out: one transaction for all that
//! has gathered, then their effects in order. When the store fails, nothing of
//! what waits is written; the store is opened again, with growing pauses, and
//! the turn thread told to begin from what it then holds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::attempt::Attempts;
use super::batch::{Batch, Effect, MAX_BYTES, refuse};
use super::clock::Clock;
use super::event::Event;
use super::metrics::Counters;
use super::pauses::Pauses;
use crate::store::{Store, StoreError};

/// So many writes end a transaction; more wait for the next.
const MAX_WRITES: usize = 8 * 1024;
/// The store settles when nothing has come for so long.
const SETTLE_AFTER: Duration = Duration::from_millis(100);

/// What the turn thread hands over.
pub(super) enum Job {
    Batch(Batch),
    /// Reading failed: open the store again.
    Reopen(StoreError),
    /// Close the store in order and stop.
    Close(oneshot::Sender<Result<(), Arc<StoreError>>>),
}

pub(super) struct Committer {
    pub(super) store: Arc<dyn Store>,
    pub(super) jobs: mpsc::Receiver<Job>,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) clock: Clock,
    /// The number of the last durable batch.
    pub(super) committed: Arc<AtomicU64>,
    pub(super) epoch: u64,
    /// Whether the store has settled since the last commit.
    pub(super) settled: bool,
    /// Why the store is not open, and when it is opened again.
    pub(super) failed: Option<Failed>,
    pub(super) pauses: Pauses,
    pub(super) counters: Arc<Counters>,
    /// The attempts that run; dropping it aborts them.
    pub(super) attempts: Attempts,
}

pub(super) struct Failed {
    error: Arc<StoreError>,
    until: Instant,
}

impl Committer {
    /// Works until the turn thread is gone or says to stop.
    pub(super) fn run(mut self) {
        loop {
            match self.next_job() {
                Ok(Some(job)) => {
                    if !self.work(job) {
                        return;
                    }
                }
                Ok(None) => self.idle(),
                Err(mpsc::RecvError) => break,
            }
        }
        self.attempts.stop();
        self.store.abandon();
    }

    /// Waits for a job, or until there is something to do without one.
    fn next_job(&self) -> Result<Option<Job>, mpsc::RecvError> {
        match self.patience() {
            None => self.jobs.recv().map(Some),
            Some(Duration::ZERO) => Ok(None),
            Some(limit) => match self.jobs.recv_timeout(limit) {
                Ok(job) => Ok(Some(job)),
                Err(mpsc::RecvTimeoutError::Timeout) => Ok(None),
                Err(mpsc::RecvTimeoutError::Disconnected) => Err(mpsc::RecvError),
            },
        }
    }

    /// How long to wait for a job.
    pub(super) fn patience(&self) -> Option<Duration> {
        let pause = |failed: &Failed| failed.until.saturating_duration_since(self.clock.instant());
        let settle = (!self.settled).then_some(SETTLE_AFTER);
        self.failed.as_ref().map(pause).or(settle)
    }

    /// Does a job, and what has gathered with it; false when it was the last.
    /// Never waits.
    pub(super) fn work(&mut self, job: Job) -> bool {
        let mut next = Some(job);
        while let Some(job) = next.take() {
            match (job, &self.failed) {
                (Job::Batch(batch), None) => {
                    let mut batches = vec![batch];
                    next = self.gather(&mut batches);
                    self.commit(batches);
                }
                (Job::Batch(batch), Some(failed)) => {
                    self.counters.taken(1);
                    refuse(batch, &failed.error);
                }
                (Job::Reopen(error), None) => {
                    self.pauses.turn_failed(&self.clock);
                    self.fail(Arc::new(error));
                }
                (Job::Reopen(_), Some(_)) => {}
                (Job::Close(reply), None) => {
                    self.attempts.stop();
                    let _ = reply.send(self.store.end().map_err(Arc::new));
                    return false;
                }
                (Job::Close(reply), Some(failed)) => {
                    let _ = reply.send(Err(Arc::clone(&failed.error)));
                }
            }
        }
        self.attempts.forget_ended();
        true
    }

    /// What is done while no job comes: the store is opened again, or settles.
    pub(super) fn idle(&mut self) {
        if let Some(Failed { error, .. }) = self.failed.take() {
            return self.reopen(&error);
        }
        if let Err(error) = caught(|| self.store.settle()) {
            self.fail(Arc::new(error));
        }
        // One that failed is not tried again before the next commit.
        self.settled = true;
    }

    /// Takes what else has come; gives back the first job that is no batch.
    fn gather(&self, batches: &mut Vec<Batch>) -> Option<Job> {
        let sum = |count: fn(&Batch) -> usize| batches.iter().map(count).sum::<usize>();
        let mut writes = sum(|batch| batch.writes.len());
        let mut size_bytes = sum(|batch| batch.size_bytes);
        let is_last = |batches: &[Batch]| batches.last().is_some_and(|batch| batch.is_last);
        while writes < MAX_WRITES && size_bytes < MAX_BYTES && !is_last(batches) {
            match self.jobs.try_recv() {
                Ok(Job::Batch(batch)) => {
                    writes += batch.writes.len();
                    size_bytes += batch.size_bytes;
                    batches.push(batch);
                }
                Ok(other) => return Some(other),
                Err(_) => return None,
            }
        }
        None
    }

    fn commit(&mut self, mut batches: Vec<Batch>) {
        self.counters.taken(batches.len());
        let epoch = self.epoch;
        for void in batches.extract_if(.., |batch| batch.epoch != epoch) {
            refuse(void, &Arc::new(StoreError::Closed));
        }
        let Some(last) = batches.last().map(|batch| batch.no) else {
            return;
        };
        self.settled = false;
        let size_bytes = batches.iter().map(|batch| batch.size_bytes).sum();
        let writes = batches.iter().map(|batch| batch.writes.len()).sum();
        let began = self.clock.instant();
        match write(&*self.store, &mut batches) {
            Ok(()) => {
                let took = self.clock.instant().saturating_duration_since(began);
                self.counters.committed(writes, size_bytes, took);
                self.committed.store(last, Ordering::Release);
                self.pauses.committed(&self.clock);
                let notify = batches.iter().any(|batch| batch.notify);
                self.release(batches);
                if notify {
                    let _ = self.events.send(Event::Committed);
                }
            }
            Err(error) => {
                self.counters.commit_failed();
                let error = Arc::new(error);
                for batch in batches {
                    refuse(batch, &error);
                }
                self.fail(error);
            }
        }
    }

    fn release(&mut self, batches: Vec<Batch>) {
        for effect in batches.into_iter().flat_map(|batch| batch.effects) {
            match effect {
                Effect::Reply(reply) => {
                    let _ = reply.send(Ok(()));
                }
                Effect::Refuse(reply, refusal) => {
                    let _ = reply.send(Err(refusal));
                }
                Effect::Answer(reply, answer) => {
                    let _ = reply.send(Ok(answer));
                }
                Effect::Stop(heart) => heart.stop(),
                Effect::Attempt(attempt) => self.attempts.begin(attempt),
                Effect::Tell(tell) => tell.tell(),
            }
        }
    }

    /// Has the store opened again; what comes until it is open is refused.
    fn fail(&mut self, error: Arc<StoreError>) {
        tracing::error!(%error, "the store failed; opening it again");
        self.epoch += 1;
        self.settled = false;
        if self.events.send(Event::Failed(Arc::clone(&error))).is_ok() {
            let until = self.clock.instant() + self.pauses.next();
            self.failed = Some(Failed { error, until });
        }
    }

    fn reopen(&mut self, before: &StoreError) {
        match self.store.reopen() {
            Ok(()) => {
                let _ = self.events.send(Event::Reopened);
            }
            Err(error) => {
                tracing::warn!(%error, %before, "the store cannot be opened yet");
                let (error, until) = (Arc::new(error), self.clock.instant() + self.pauses.next());
                self.failed = Some(Failed { error, until });
            }
        }
    }
}

/// Writes all batches in one transaction.
fn write(store: &dyn Store, batches: &mut [Batch]) -> Result<(), StoreError> {
    let mut writes = Vec::new();
    for batch in batches {
        if writes.is_empty() {
            writes = std::mem::take(&mut batch.writes);
        } else {
            writes.append(&mut batch.writes);
        }
    }
    if writes.is_empty() {
        return Ok(());
    }
    caught(|| store.commit(&writes))
}

/// A panic inside the store is an error of it.
fn caught(work: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(StoreError::Panicked {
            message: text.unwrap_or("(a value that is no text)").to_owned(),
        })
    })
}
