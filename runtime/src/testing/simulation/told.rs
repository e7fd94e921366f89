//! What is printed when a test in a simulation panics.

use std::sync::{Arc, Mutex};

use super::watched::{Log, lock};

/// Prints what happened if it is dropped by a panic.
pub(super) struct Told {
    log: Arc<Mutex<Log>>,
    how: String,
}

impl Told {
    pub(super) fn new(log: &Arc<Mutex<Log>>, how: String) -> Self {
        let log = Arc::clone(log);
        Self { log, how }
    }
}

impl Drop for Told {
    #[expect(clippy::print_stderr, reason = "tests show it with their failure")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let trace = std::mem::take(&mut lock(&self.log).trace);
            if !trace.is_off() {
                eprintln!("what happened:\n{trace}{}", self.how);
            }
        }
    }
}
