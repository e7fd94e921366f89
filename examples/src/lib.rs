//! What the programs share: they stop in order when they are told to, ask a service
//! that gives trouble, and die when a test says so.
//!
//! In: the signals of a terminal (Ctrl-C) and of service managers (SIGTERM).
//! Out: a future to wait for beside the work. What the program then does is its
//! own: it shuts its engine down, so that nothing counts as a crash.

pub mod die;
pub mod service;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a program says that was told to stop.
pub const STOPPED: &str = "stopped; start it again to go on where it was";

/// The signals that tell a program to stop. From when it is made they do not
/// end the process any more.
#[derive(Debug)]
pub struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// Begins to listen.
    ///
    /// # Errors
    ///
    /// The system's, when it refuses.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits until the program is told to stop.
    ///
    /// # Cancel safety
    ///
    /// No signal is lost when the future is dropped.
    pub async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
