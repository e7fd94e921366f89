//! How an engine is set up; `open` makes it from these settings.

use std::fmt;
#[cfg(feature = "redb")]
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::clock::Clock;
use super::error::OpenError;
use super::{Engine, RuntimeChoice, open};
use crate::action::Deps;
use crate::log::{self, Listener};
use crate::registry::Registry;
use crate::store::{MemoryStore, Store, StoreError};
use crate::time::Timestamp;
use crate::turn::Journal;
#[cfg(all(feature = "testing", debug_assertions))]
use crate::turn::Runner;

/// An engine in the making; each setting says its default.
pub struct Builder {
    pub(super) place: Option<Place>,
    #[cfg(feature = "redb")]
    pub(super) wait_for_file: Duration,
    #[cfg(feature = "redb")]
    pub(super) cache_bytes: Option<usize>,
    pub(super) deps: Deps,
    pub(super) max_concurrent_actions: usize,
    /// Who listens to what is logged, by `tracing`.
    pub(super) listener: Listener,
    pub(super) journal: Journal,
    pub(super) keep_states: bool,
    pub(super) retention: Option<Duration>,
    pub(super) max_value_bytes: usize,
    pub(super) max_recoveries: u32,
    pub(super) births: usize,
    pub(super) registry: Option<Registry>,
    pub(super) clock: Clock,
    #[cfg(all(feature = "testing", debug_assertions))]
    pub(super) runner: Runner,
}

/// What to keep everything in.
pub(super) enum Place {
    #[cfg(feature = "redb")]
    Path(PathBuf),
    Store(Arc<dyn Store>),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            place: None,
            #[cfg(feature = "redb")]
            wait_for_file: Duration::ZERO,
            #[cfg(feature = "redb")]
            cache_bytes: None,
            deps: Deps::default(),
            max_concurrent_actions: 1000,
            listener: Listener::default(),
            journal: Journal::All,
            keep_states: false,
            retention: Some(Duration::from_hours(7 * 24)),
            max_value_bytes: 4 * 1024 * 1024,
            max_recoveries: 5,
            births: 512,
            registry: None,
            clock: Clock::System,
            #[cfg(all(feature = "testing", debug_assertions))]
            runner: Runner::default(),
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").finish_non_exhaustive()
    }
}

impl Builder {
    /// Keeps everything in the file at `path`, made if it is missing. Its
    /// folder must exist.
    #[cfg(feature = "redb")]
    #[must_use]
    pub fn path(mut self, path: impl AsRef<Path>) -> Self {
        self.place = Some(Place::Path(path.as_ref().to_owned()));
        self
    }

    /// Keeps everything in `store`.
    #[must_use]
    pub fn store(mut self, store: impl Store) -> Self {
        self.place = Some(Place::Store(Arc::new(store)));
        self
    }

    /// Keeps everything in memory: nothing outlives the engine.
    #[must_use]
    pub fn in_memory(self) -> Self {
        self.store(MemoryStore::new())
    }

    /// Waits up to `limit` for a file that another engine has open. Default:
    /// not at all.
    #[cfg(feature = "redb")]
    #[must_use]
    pub fn wait_for_file(mut self, limit: Duration) -> Self {
        self.wait_for_file = limit;
        self
    }

    /// The memory that pages of the file may take, in bytes. Default 64 MiB.
    #[cfg(feature = "redb")]
    #[must_use]
    pub fn cache_bytes(mut self, bytes: usize) -> Self {
        self.cache_bytes = Some(bytes);
        self
    }

    /// Gives actions a value of type `T`; they get it by a parameter of type
    /// [`Dep<T>`](crate::action::Dep).
    #[must_use]
    pub fn provide<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.deps.insert(value);
        self
    }

    /// How many actions run at the same time; more wait, in order. Default
    /// 1,000, at least 1.
    #[must_use]
    pub fn max_concurrent_actions(mut self, actions: usize) -> Self {
        self.max_concurrent_actions = actions.max(1);
        self
    }

    /// What is kept for people to read. Default [`Journal::All`].
    #[must_use]
    pub fn journal(mut self, journal: Journal) -> Self {
        self.journal = journal;
        self
    }

    /// Whether the journal has each state in which an instance waited, so that it can be
    /// run again from there ([`Engine::rerun_from`]). Each step then stores its whole
    /// frame once more. Default: it has not.
    #[must_use]
    pub fn keep_states(mut self, keep: bool) -> Self {
        self.keep_states = keep;
        self
    }

    /// How long finished instances, their results and their journal are kept;
    /// then they are removed and their ids can be used again. `None` keeps
    /// them for ever. Default 7 days.
    #[must_use]
    pub fn retention(mut self, keep: impl Into<Option<Duration>>) -> Self {
        self.retention = keep.into();
        self
    }

    /// The largest encoded size of one argument, result, message or kept
    /// local, in bytes. Default 4 MiB.
    #[must_use]
    pub fn max_value_bytes(mut self, bytes: usize) -> Self {
        self.max_value_bytes = bytes;
        self
    }

    /// How often the process may end without [`Engine::shutdown`] while an
    /// instance runs, without a step of it between, before it is parked as
    /// [`Quarantined`](crate::record::ParkReason::Quarantined). Default 5.
    ///
    /// The store does not know who ended the process: a kill from outside counts
    /// like a crash of the program's own, and the attempt of a long action like
    /// the flow's code. So call `shutdown` on signals; where that cannot be (a
    /// backup of hours on a machine that is often switched off), raise this.
    /// [`Engine::retry`] starts the count anew.
    #[must_use]
    pub fn max_recoveries(mut self, recoveries: u32) -> Self {
        self.max_recoveries = recoveries;
        self
    }

    /// Starts so many children of one step with it, at most, and the others in the
    /// transactions after it.
    #[doc(hidden)]
    #[must_use]
    pub fn births(mut self, most: usize) -> Self {
        self.births = most.max(1);
        self
    }

    /// Uses these flows and actions instead of those linked into the program.
    #[doc(hidden)]
    #[must_use]
    pub fn registry(mut self, registry: Registry) -> Self {
        self.registry = Some(registry);
        self
    }

    /// Starts a clock at `start` that only [`Engine::advance`] moves.
    #[doc(hidden)]
    #[must_use]
    pub fn manual_clock(mut self, start: Timestamp) -> Self {
        self.clock = Clock::manual(start);
        self
    }

    /// Opens the store and goes on with what was running.
    ///
    /// Actions run in the present tokio runtime, else in one of the engine's
    /// own. Action timeouts need the runtime's time driver.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the store cannot be used, two flows or actions share
    /// a name, or an action needs what was not provided.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the store is opened and closed again.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::engine::Engine;
    /// use std::time::Duration;
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder()
    ///     .in_memory()
    ///     .retention(Duration::from_secs(3600))
    ///     .max_concurrent_actions(50)
    ///     .open()
    ///     .await?;
    /// # drop(engine);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn open(self) -> Result<Engine, OpenError> {
        let settings = self.of_this_thread();
        let runtime = RuntimeChoice::present()?;
        // Opening reads and repairs a file: it must not block async threads.
        let (reply, opened) = oneshot::channel();
        std::thread::Builder::new()
            .name("flowstone-open".to_owned())
            .spawn(move || {
                let listener = settings.listener.clone();
                let _ = reply.send(listener.hears(|| open::open(settings, runtime)));
            })
            .map_err(OpenError::Thread)?;
        opened.await.unwrap_or(Err(StoreError::Closed.into()))
    }

    /// With who listens in this thread, and what a test wants of the engines that it opens.
    #[cfg(all(feature = "testing", debug_assertions))]
    pub(super) fn of_this_thread(self) -> Self {
        let runner = crate::testing::segments::runner();
        let listener = log::listener();
        Self {
            listener,
            runner,
            ..self
        }
    }

    #[cfg(not(all(feature = "testing", debug_assertions)))]
    pub(super) fn of_this_thread(self) -> Self {
        let listener = log::listener();
        Self { listener, ..self }
    }
}
