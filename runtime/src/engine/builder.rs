//! How an engine is set up, and the checks before it starts.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;

use super::attempt::Workshop;
use super::careful::Careful;
use super::clock::Clock;
use super::commit::{Batch, Committer};
use super::core::{Core, Mode};
use super::error::OpenError;
use super::health::Monitor;
use super::retain::Retention;
use super::slots::Slots;
use super::timers::Timers;
use super::{Engine, Inner, RuntimeChoice};
use crate::action::Deps;
use crate::registry::Registry;
use crate::store::{MemoryStore, Store, StoreError};
use crate::time::Timestamp;
use crate::turn::{Journal, Rules};

/// How often a file that is in use is tried again.
const IN_USE_PAUSE: Duration = Duration::from_millis(25);

/// An engine in the making; each setting says its default.
pub struct Builder {
    place: Option<Place>,
    wait_for_file: Duration,
    cache_bytes: Option<usize>,
    deps: Deps,
    max_concurrent_actions: usize,
    journal: Journal,
    retention: Option<Duration>,
    max_value_bytes: usize,
    max_recoveries: u32,
    registry: Option<Registry>,
    clock: Clock,
}

enum Place {
    Path(PathBuf),
    Store(Arc<dyn Store>),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            place: None,
            wait_for_file: Duration::ZERO,
            cache_bytes: None,
            deps: Deps::default(),
            max_concurrent_actions: 1000,
            journal: Journal::All,
            retention: Some(Duration::from_secs(7 * 24 * 3600)),
            max_value_bytes: 4 * 1024 * 1024,
            max_recoveries: 5,
            registry: None,
            clock: Clock::System,
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
    #[must_use]
    pub fn wait_for_file(mut self, limit: Duration) -> Self {
        self.wait_for_file = limit;
        self
    }

    /// The memory that pages of the file may take, in bytes. Default 64 MiB.
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
        self.max_concurrent_actions = actions.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// What is kept for people to read. Default [`Journal::All`].
    #[must_use]
    pub fn journal(mut self, journal: Journal) -> Self {
        self.journal = journal;
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

    /// How often the process may end while an instance runs, without a step of
    /// it between, before it is parked. Default 5.
    #[must_use]
    pub fn max_recoveries(mut self, recoveries: u32) -> Self {
        self.max_recoveries = recoveries;
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
        let runtime = runtime()?;
        // Opening reads and repairs a file: it must not block async threads.
        let (reply, opened) = oneshot::channel();
        std::thread::Builder::new()
            .name("flowstone-open".to_owned())
            .spawn(move || {
                let _ = reply.send(self.open_blocking(runtime));
            })
            .map_err(OpenError::Thread)?;
        opened.await.unwrap_or(Err(StoreError::Closed.into()))
    }

    fn open_blocking(self, runtime: RuntimeChoice) -> Result<Engine, OpenError> {
        let registry = match &self.registry {
            Some(registry) => registry.clone(),
            None => Registry::linked()?,
        };
        check_dependencies(&registry, &self.deps)?;
        let store = self.open_store()?;
        let left = store.begin()?;
        let counters = store.counters()?;
        let rules = Arc::new(Rules {
            registry,
            max_value_bytes: self.max_value_bytes,
            max_recoveries: self.max_recoveries,
            journal: self.journal,
        });
        let (events, events_in) = mpsc::channel();
        let (jobs, jobs_in) = mpsc::channel();
        let committed = Arc::new(AtomicU64::new(0));
        let monitor = Arc::new(Monitor::new());
        let mut core = Core {
            rules: Arc::clone(&rules),
            clock: self.clock.clone(),
            store: Arc::clone(&store),
            monitor: Arc::clone(&monitor),
            events: events_in,
            jobs,
            committed: Arc::clone(&committed),
            pending: Batch {
                no: 1,
                ..Batch::default()
            },
            slots: Slots::default(),
            next_key: counters.next_key,
            next_seq: counters.next_seq,
            running: HashMap::new(),
            reports: VecDeque::new(),
            ready: VecDeque::new(),
            watchers: HashMap::new(),
            timers: Timers::default(),
            careful: Careful::default(),
            retention: Retention::new(self.retention),
            mode: Mode::Open,
        };
        core.take_up(left)?;
        let committer = Committer {
            store: Arc::clone(&store),
            jobs: jobs_in,
            events: events.clone(),
            workshop: Arc::new(Workshop {
                deps: self.deps,
                permits: Semaphore::new(self.max_concurrent_actions),
                events: events.clone(),
                clock: self.clock.clone(),
            }),
            runtime: runtime.handle().clone(),
            committed,
            epoch: 0,
            attempts: JoinSet::new(),
        };
        let threads = vec![
            thread("flowstone-commit", move || committer.run())?,
            thread("flowstone-turn", move || core.run())?,
        ];
        let inner = Inner {
            events,
            store,
            rules,
            clock: self.clock,
            monitor,
            runtime,
            threads: Mutex::new(threads),
        };
        Ok(Engine {
            inner: Arc::new(inner),
        })
    }

    fn open_store(&self) -> Result<Arc<dyn Store>, OpenError> {
        let path = match &self.place {
            None => return Err(OpenError::NoStore),
            Some(Place::Store(store)) => return Ok(Arc::clone(store)),
            Some(Place::Path(path)) => path,
        };
        let until = Instant::now() + self.wait_for_file.min(Duration::from_secs(86_400 * 365));
        loop {
            match open_file(path, self.cache_bytes) {
                Err(StoreError::InUse { .. }) if Instant::now() < until => {
                    std::thread::sleep(IN_USE_PAUSE);
                }
                opened => return Ok(opened?),
            }
        }
    }
}

#[cfg(feature = "redb")]
fn open_file(path: &Path, cache_bytes: Option<usize>) -> Result<Arc<dyn Store>, StoreError> {
    use crate::store::RedbStore;
    let cache_bytes = cache_bytes.unwrap_or(RedbStore::DEFAULT_CACHE_BYTES);
    Ok(Arc::new(RedbStore::with_cache(path, cache_bytes)?))
}

/// Without the feature no path can be given.
#[cfg(not(feature = "redb"))]
fn open_file(_: &Path, _: Option<usize>) -> Result<Arc<dyn Store>, StoreError> {
    Err(StoreError::Closed)
}

fn runtime() -> Result<RuntimeChoice, OpenError> {
    if let Ok(handle) = tokio::runtime::Handle::try_current() {
        return Ok(RuntimeChoice::Current(handle));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("flowstone-action")
        .build()
        .map_err(OpenError::Thread)?;
    let handle = runtime.handle().clone();
    Ok(RuntimeChoice::Own(Some(runtime), handle))
}

fn thread(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> Result<std::thread::JoinHandle<()>, OpenError> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map_err(OpenError::Thread)
}

/// Every action must find what it needs before anything runs.
fn check_dependencies(registry: &Registry, deps: &Deps) -> Result<(), OpenError> {
    for action in registry.actions() {
        let missing = (action.deps)()
            .into_iter()
            .find(|dep| !deps.contains(dep.id));
        if let Some(dep) = missing {
            return Err(OpenError::MissingDependency {
                action: action.name,
                file: action.file,
                line: action.line,
                type_name: dep.type_name,
            });
        }
    }
    Ok(())
}
