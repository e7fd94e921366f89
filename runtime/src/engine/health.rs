//! How the engine is, for whoever asks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What an engine is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// It takes commands.
    Running,
    /// The store failed; it is opened again and again until it answers.
    /// Commands are refused with an error that says to try again.
    Recovering,
    /// It was told to stop.
    Stopping,
    /// It has stopped.
    Stopped,
}

/// How an engine is. Since 0.1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Health {
    /// What it is doing.
    pub condition: Condition,
    /// The last error of the store or of the engine itself.
    pub last_error: Option<String>,
    /// How often it recovered from such an error.
    pub recoveries: u64,
    /// How many instances it set aside because their rows cannot be read.
    pub set_aside: u64,
    /// How many actions run or wait for their turn.
    pub running_actions: usize,
}

#[derive(Debug)]
pub(super) struct Monitor(Mutex<Health>);

impl Monitor {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Health {
            condition: Condition::Running,
            last_error: None,
            recoveries: 0,
            set_aside: 0,
            running_actions: 0,
        }))
    }

    pub(super) fn health(&self) -> Health {
        self.lock().clone()
    }

    pub(super) fn set(&self, condition: Condition) {
        self.lock().condition = condition;
    }

    pub(super) fn failed(&self, error: &dyn std::error::Error) {
        let mut health = self.lock();
        health.condition = Condition::Recovering;
        health.last_error = Some(error.to_string());
    }

    pub(super) fn recovered(&self) {
        let mut health = self.lock();
        health.condition = Condition::Running;
        health.recoveries += 1;
    }

    pub(super) fn set_aside(&self, error: &dyn std::error::Error) {
        let mut health = self.lock();
        health.set_aside += 1;
        health.last_error = Some(error.to_string());
    }

    pub(super) fn running(&self, actions: usize) {
        self.lock().running_actions = actions;
    }

    /// Plain values: a panic of another thread leaves none half written.
    fn lock(&self) -> MutexGuard<'_, Health> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
