//! Traps what differs from run to run while a segment of a flow runs.
//!
//! In: a piece of code, and whether to be strict. Out: its value, and each
//! time it asked for the clock, randomness, the environment, files, the
//! network, threads or output, with the path of calls that led there. What a
//! flow is, which groups it may use, and what is done about a hit is left to
//! the crate `flowstone`, whose feature `testing` is the only user.
//!
//! Functions of the C library are interposed: this crate defines symbols of
//! their names, which win over those of glibc in every program it is linked
//! into. They do nothing but forward unless the present thread is inside of
//! [`watch`]. It is there in builds with debug assertions on Linux with glibc;
//! elsewhere [`is_available`] says that nothing is trapped.

mod group;
mod hit;

pub use self::group::Group;
pub use self::hit::{Call, Hit};

#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod path;
#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod record;
#[cfg(all(
    debug_assertions,
    target_os = "linux",
    target_env = "gnu",
    target_arch = "x86_64"
))]
mod strict;
#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod symbols;
#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod thread;
#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod traps;

#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
mod present {
    //! What this crate does where it can.

    use std::io;

    use crate::{Watched, path, record, thread};

    /// Whether calls are trapped in this build, on this platform.
    #[must_use]
    pub fn is_available() -> bool {
        true
    }

    /// Runs `code` in a thread of its own, and gives it after it is done.
    ///
    /// The thread has no output capture of the test harness, no seeds of hashers
    /// and no other state that a thread gathers. With `strict`, system calls and
    /// `rdtsc` that do not go through the C library are trapped as well, where
    /// the kernel lets them be.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started.
    ///
    /// # Panics
    ///
    /// When `code` does.
    pub fn in_fresh_thread<T: Send>(
        strict: bool,
        code: impl FnOnce() -> T + Send,
    ) -> io::Result<T> {
        thread::fresh(move || {
            #[cfg(target_arch = "x86_64")]
            let _strict = strict.then(crate::strict::begin);
            #[cfg(not(target_arch = "x86_64"))]
            let _ = strict;
            code()
        })
    }

    /// Runs `code`, and traps what it asks for.
    pub fn watch<T>(code: impl FnOnce() -> T) -> Watched<T> {
        let mut recorder = record::Recorder::new();
        let value = record::with(&mut recorder, code);
        let hits = recorder.hits().iter().map(path::resolve).collect();
        Watched { value, hits }
    }

    /// Gives hits from now on another mark; the one before comes back.
    #[must_use]
    pub fn mark(mark: usize) -> usize {
        record::mark(mark)
    }
}

#[cfg(not(all(debug_assertions, target_os = "linux", target_env = "gnu")))]
mod absent {
    //! What this crate does where it can trap nothing.

    use std::io;

    use crate::Watched;

    /// Whether calls are trapped in this build, on this platform.
    #[must_use]
    pub fn is_available() -> bool {
        false
    }

    /// Runs `code` in a thread of its own, and gives it after it is done.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started.
    ///
    /// # Panics
    ///
    /// When `code` does.
    pub fn in_fresh_thread<T: Send>(
        _strict: bool,
        code: impl FnOnce() -> T + Send,
    ) -> io::Result<T> {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().spawn_scoped(scope, code)?;
            Ok(thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    /// Runs `code`; nothing is trapped here.
    pub fn watch<T>(code: impl FnOnce() -> T) -> Watched<T> {
        let (value, hits) = (code(), Vec::new());
        Watched { value, hits }
    }

    /// Does nothing here.
    #[must_use]
    pub fn mark(_mark: usize) -> usize {
        0
    }
}

#[cfg(not(all(debug_assertions, target_os = "linux", target_env = "gnu")))]
pub use self::absent::{in_fresh_thread, is_available, mark, watch};
#[cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
pub use self::present::{in_fresh_thread, is_available, mark, watch};

/// What watched code came to.
#[derive(Debug)]
pub struct Watched<T> {
    /// Its value.
    pub value: T,
    /// What it asked for, in order; the same call from the same place once.
    pub hits: Vec<Hit>,
}
