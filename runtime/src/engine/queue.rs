//! The attempts that wait until fewer run: plain data, so that many cost little.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::attempt::Attempt;

pub(super) struct Queue(Mutex<Waiting>);

struct Waiting {
    attempts: VecDeque<Attempt>,
    /// So many more may run.
    free: usize,
}

impl Queue {
    /// For so many at the same time.
    pub(super) fn new(most: usize) -> Self {
        Self(Mutex::new(Waiting {
            attempts: VecDeque::new(),
            free: most,
        }))
    }

    /// The attempt, if it may run now; otherwise it waits.
    pub(super) fn admit(&self, attempt: Attempt) -> Option<Attempt> {
        let mut waiting = self.waiting();
        if waiting.free == 0 {
            waiting.attempts.push_back(attempt);
            return None;
        }
        waiting.free -= 1;
        Some(attempt)
    }

    /// The one that runs in place of one that ended.
    pub(super) fn next(&self) -> Option<Attempt> {
        let mut waiting = self.waiting();
        let next = waiting.attempts.pop_front();
        waiting.free += usize::from(next.is_none());
        next
    }

    /// Lets go of all that wait.
    pub(super) fn clear(&self) {
        self.waiting().attempts.clear();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // It is whole at any time.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
