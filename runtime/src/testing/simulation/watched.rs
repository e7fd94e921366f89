//! A store that a simulation looks into: what each commit wrote, and whether the
//! process ends at it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::crash::CrashPoint;
use super::trace::Trace;
use crate::engine::Clock;
use crate::ids::{InstanceId, InstanceKey};
use crate::record::Hot;
use crate::store::{Counters, Left, Store, StoreError, View};
use crate::turn::Write;

/// The store of a run.
#[derive(Debug)]
pub(super) struct Watched {
    inner: Box<dyn Store>,
    log: Arc<Mutex<Log>>,
}

/// What a run has seen so far.
#[derive(Debug)]
pub(super) struct Log {
    clock: Clock,
    pub(super) trace: Trace,
    /// Since the last crash.
    pub(super) passed: Passed,
    /// Where the process ends next.
    pub(super) crash: Option<CrashPoint>,
    /// It has ended, and is not begun anew yet.
    pub(super) has_crashed: bool,
    names: BTreeMap<InstanceKey, InstanceId>,
}

/// What happened since the process began.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passed {
    pub(super) commits: u32,
    pub(super) effects: u32,
    /// Commits and effects up to the first step of a flow: from then on nothing
    /// is left of the crash.
    pub(super) recovery: Option<(u32, u32)>,
}

impl Log {
    pub(super) fn new(clock: Clock, trace: Trace) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self {
            clock,
            trace,
            passed: Passed::default(),
            crash: None,
            has_crashed: false,
            names: BTreeMap::new(),
        }))
    }

    pub(super) fn tell(&mut self, what: std::fmt::Arguments<'_>) {
        self.trace.add(self.clock.now(), what);
    }

    /// An action touched the world.
    pub(super) fn effect(&mut self) {
        self.passed.effects += 1;
        self.end_at(CrashPoint::AfterEffect(self.passed.effects));
    }

    /// The process ends if this is where it should.
    fn end_at(&mut self, point: CrashPoint) {
        if self.crash == Some(point) {
            self.crash = None;
            self.has_crashed = true;
            self.tell(format_args!("the process ends {point}"));
        }
    }

    fn committed(&mut self, batch: &[Write]) {
        for write in batch {
            if let Write::Hot { hot, .. } = write {
                self.stepped(hot);
            }
        }
    }

    /// Tells what a commit is to write, and what becomes of it.
    fn tell_commit(&mut self, batch: &[Write], fate: &str) {
        if self.trace.is_off() {
            return;
        }
        let number = self.passed.commits;
        let mut is_told = false;
        for write in batch {
            match write {
                Write::Create { key, instance } => {
                    self.names.insert(*key, instance.id.clone());
                }
                Write::Journal { entry, .. } => {
                    let id = self.names.get(&entry.key);
                    let id = id.map_or("", InstanceId::as_str).to_owned();
                    self.tell(format_args!("commit {number}{fate}: {id} {}", entry.what));
                    is_told = true;
                }
                _ => {}
            }
        }
        if !is_told {
            self.tell(format_args!("commit {number}{fate}"));
        }
    }

    fn stepped(&mut self, hot: &Hot) {
        let passed = &mut self.passed;
        if hot.recoveries == 0 {
            let so_far = (passed.commits, passed.effects);
            passed.recovery.get_or_insert(so_far);
        }
    }
}

pub(super) fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watched {
    pub(super) fn new(inner: Box<dyn Store>, log: Arc<Mutex<Log>>) -> Self {
        Self { inner, log }
    }
}

impl Store for Watched {
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
        let number = {
            let mut log = lock(&self.log);
            log.passed.commits += 1;
            let number = log.passed.commits;
            if log.crash == Some(CrashPoint::BeforeCommit(number)) {
                log.tell_commit(batch, ", lost");
                log.end_at(CrashPoint::BeforeCommit(number));
                return Err(StoreError::Closed);
            }
            number
        };
        let done = self.inner.commit(batch);
        let mut log = lock(&self.log);
        match &done {
            Ok(()) => {
                log.tell_commit(batch, "");
                log.committed(batch);
            }
            Err(error) => {
                log.tell_commit(batch, ", failed");
                log.tell(format_args!("commit {number} failed: {error}"));
            }
        }
        log.end_at(CrashPoint::AfterCommit(number));
        done
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.inner.settle()
    }

    fn view(&self) -> Result<Box<dyn View + '_>, StoreError> {
        self.inner.view()
    }
}
