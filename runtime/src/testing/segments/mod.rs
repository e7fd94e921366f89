//! Checking that flows are deterministic, while a test runs them.
//!
//! In: a test's wish, as a guard. Out: engines that run each segment again
//! before they run it (`again`), and findings: an instance is parked with one,
//! whoever waits for its result is told, and the guard fails the test.

#[cfg(debug_assertions)]
mod again;
#[cfg(debug_assertions)]
mod differ;
#[cfg(debug_assertions)]
mod told;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use crate::record::Finding;
#[cfg(debug_assertions)]
use crate::turn::Runner;

/// The tests that check, each by its thread.
static CHECKING: Mutex<Vec<(ThreadId, Arc<Found>)>> = Mutex::new(Vec::new());

/// What was found for one test, until it is told.
#[derive(Debug, Default)]
pub(crate) struct Found(Mutex<Vec<Finding>>);

impl Found {
    #[cfg(debug_assertions)]
    fn add(&self, finding: &Finding) {
        lock(&self.0).push(finding.clone());
    }

    fn take(&self) -> Vec<Finding> {
        std::mem::take(&mut lock(&self.0))
    }
}

/// Checks each segment of the flows that run, as long as the guard lives.
///
/// Engines that are opened in the meantime run each segment eight times, in fresh
/// threads, from the same stored bytes, before they run it once more to go on.
/// If it does not come to the same bytes each time, or asks for the clock, random
/// numbers, the environment, files, the network, threads or output on the way,
/// the instance is parked with
/// [`NotDeterministic`](crate::record::ParkReason::NotDeterministic), and whoever
/// waits for its [`result`](crate::client::Handle::result) gets an error that
/// says which flow, on which line, and by which path of calls. The group that a
/// flow allows (`#[flow(allow(..))]`) is let pass.
///
/// The guard looks after the engines that its own thread opens, so that tests
/// that run at the same time do not meet. A program that opens its engine in a
/// task or thread of its own calls this there, just before. In a release build
/// nothing is checked ([`Segments::is_on`]). Calls are trapped on Linux with glibc
/// only; elsewhere a note says so once, and segments are only compared.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[flow]
/// async fn double(n: u32) -> u32 {
///     flow::sleep(Duration::from_millis(1)).await;
///     n * 2
/// }
///
/// #[tokio::main]
/// async fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let _segments = flowstone::testing::check_segments();
///     let engine = Engine::builder().in_memory().open().await?;
///     assert_eq!(engine.run("d", double(21)).await?, 42);
///     Ok(())
/// }
/// ```
///
/// What a flow must not do is an error of the compiler where the macro sees it.
/// Behind a function of another module it does not; the run does:
///
/// ```
/// use flowstone::prelude::*;
/// # mod helpers { pub fn stamp() -> u64 { std::process::id().into() } }
///
/// #[flow]
/// async fn stamped() -> u64 {
///     helpers::stamp() // calls `std::process::id()`
/// }
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let segments = flowstone::testing::check_segments();
/// let engine = Engine::builder().in_memory().open().await?;
/// let told = engine.run("s", stamped()).await;
/// # if segments.is_on() && cfg!(all(target_os = "linux", target_env = "gnu")) {
/// assert!(told.is_err()); // the flow `stamped` is not deterministic: ..
/// assert_eq!(segments.findings().len(), 1);
/// # }
/// # Ok(())
/// # }
/// ```
pub fn check_segments() -> Segments {
    let found = Arc::new(Found::default());
    let is_on = cfg!(debug_assertions);
    if is_on {
        say_what_is_missing();
        lock(&CHECKING).push((thread::current().id(), Arc::clone(&found)));
    }
    Segments { found, is_on }
}

/// A test that checks segments: see [`check_segments`].
///
/// # Panics
///
/// When it is dropped, with all findings that [`findings`](Self::findings) did
/// not take, unless the thread panics already.
#[derive(Debug)]
#[must_use = "segments are checked as long as this lives; give it a name like `_segments`"]
pub struct Segments {
    found: Arc<Found>,
    is_on: bool,
}

impl Segments {
    /// Whether segments are checked in this build.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Takes what was found so far; the test does not fail for it any more.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.found.take()
    }
}

impl Drop for Segments {
    fn drop(&mut self) {
        lock(&CHECKING).retain(|(_, found)| !Arc::ptr_eq(found, &self.found));
        let found = self.found.take();
        if found.is_empty() || thread::panicking() {
            return;
        }
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("{}", found.join("\n\n"));
    }
}

/// How an engine that the present thread opens runs segments.
#[cfg(debug_assertions)]
pub(crate) fn runner() -> Runner {
    let checking = lock(&CHECKING);
    let own = thread::current().id();
    let wanted = checking.iter().filter(|(thread, _)| *thread == own);
    let told: Vec<Arc<Found>> = wanted.map(|(_, found)| Arc::clone(found)).collect();
    if told.is_empty() {
        return Runner::default();
    }
    Runner(Some(Arc::new(move |segment| again::run(&segment, &told))))
}

fn say_what_is_missing() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    if !flowstone_hooks::is_available() {
        ONCE.call_once(|| {
            tracing::warn!(
                "calls of clocks, files and the like are not trapped on this platform: segments \
                 are only run again and compared"
            );
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
