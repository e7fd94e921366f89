//! Opening: the checks before anything runs, the store, the two threads.
//!
//! In: the settings of a builder. Out: a running engine that has taken up what
//! its store says was running.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, mpsc};
#[cfg(feature = "redb")]
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::attempt::{Attempts, Workshop};
use super::builder::{Builder, Place};
use super::clock::Clock;
use super::command::Seeds;
use super::commit::Committer;
use super::core::{Core, Links};
use super::error::{MissingDependency, OpenError};
use super::event::Event;
use super::health::Monitor;
use super::metrics::Counters;
use super::outside::Desk;
use super::pauses::Pauses;
use super::queue::Queue;
use super::{Engine, Inner, RuntimeChoice};
use crate::action::{Deps, Outside};
use crate::registry::Registry;
use crate::store::Store;
use crate::turn::Rules;

/// How often a file that is in use is tried again.
#[cfg(feature = "redb")]
const IN_USE_PAUSE: Duration = Duration::from_millis(25);
/// Longer waits are as good as endless, and would overflow the clock.
#[cfg(feature = "redb")]
const LONGEST_WAIT: Duration = Duration::from_hours(365 * 24);

/// What makes an engine, not running yet.
pub(super) struct Parts {
    pub(super) inner: Inner,
    pub(super) core: Core,
    pub(super) committer: Committer,
}

/// Opens the engine; blocks while the store is read and repaired.
pub(super) fn open(mut settings: Builder, runtime: RuntimeChoice) -> Result<Engine, OpenError> {
    let registry = registry(&settings)?;
    check_dependencies(&registry, &settings.deps)?;
    let store = open_store(&settings)?;
    let handle = runtime.handle().clone();
    let deps = std::mem::take(&mut settings.deps);
    let queue = Queue::new(settings.max_concurrent_actions);
    let listener = settings.listener.clone();
    let [turns, commits] = [listener.clone(), listener.clone()];
    let attempts = |events: mpsc::Sender<Event>, clock, outside| Attempts::Tasks {
        runtime: handle,
        workshop: Arc::new(Workshop {
            deps,
            queue,
            events,
            clock,
            outside,
            listener,
        }),
        running: JoinSet::new(),
    };
    let parts = assemble(settings, registry, store, Seeds::Random, attempts)?;
    let Parts {
        mut inner,
        core,
        committer,
    } = parts;
    inner.runtime = Some(runtime);
    inner.threads = Mutex::new(vec![
        thread("flowstone-commit", move || {
            commits.hears(|| committer.run());
        })?,
        thread("flowstone-turn", move || {
            turns.hears(|| core.run());
        })?,
    ]);
    Ok(Engine {
        inner: Arc::new(inner),
    })
}

/// Takes up what the store holds; nothing runs before its parts do.
pub(super) fn assemble(
    settings: Builder,
    registry: Registry,
    store: Arc<dyn Store>,
    seeds: Seeds,
    attempts: impl FnOnce(mpsc::Sender<Event>, Clock, Arc<dyn Outside>) -> Attempts,
) -> Result<Parts, OpenError> {
    let rules = Arc::new(rules(&settings, registry));
    let (events, events_in) = mpsc::channel();
    let (jobs, jobs_in) = mpsc::channel();
    let committed = Arc::new(AtomicU64::new(0));
    let monitor = Arc::new(Monitor::new());
    let counters = Arc::new(Counters::default());
    let clock = settings.clock;
    let left = store.begin()?;
    let links = Links {
        rules: Arc::clone(&rules),
        clock: clock.clone(),
        store: Arc::clone(&store),
        monitor: Arc::clone(&monitor),
        counters: Arc::clone(&counters),
        events: events_in,
        jobs,
        committed: Arc::clone(&committed),
        seeds,
        max_running: settings.max_concurrent_actions,
    };
    let outside = Arc::new(Desk {
        events: events.clone(),
        rules: Arc::clone(&rules),
    });
    let mut core = Core::new(links, settings.retention)?;
    core.take_up(left)?;
    let writer = Committer {
        store: Arc::clone(&store),
        jobs: jobs_in,
        events: events.clone(),
        clock: clock.clone(),
        committed,
        epoch: 0,
        // Setting the mark settles the store.
        settled: true,
        failed: None,
        pauses: Pauses::default(),
        counters: Arc::clone(&counters),
        attempts: attempts(events.clone(), clock.clone(), outside),
    };
    let inner = Inner {
        events,
        store,
        rules,
        clock,
        monitor,
        counters,
        runtime: None,
        threads: Mutex::default(),
    };
    Ok(Parts {
        inner,
        core,
        committer: writer,
    })
}

/// What the settings say, or else all that is linked into the program.
pub(super) fn registry(settings: &Builder) -> Result<Registry, OpenError> {
    match &settings.registry {
        Some(registry) => Ok(registry.clone()),
        None => Ok(Registry::linked()?),
    }
}

fn rules(settings: &Builder, registry: Registry) -> Rules {
    Rules {
        registry,
        max_value_bytes: settings.max_value_bytes,
        max_recoveries: settings.max_recoveries,
        journal: settings.journal,
        keep_states: settings.keep_states,
        births: settings.births,
        #[cfg(all(feature = "testing", debug_assertions))]
        runner: settings.runner.clone(),
    }
}

fn open_store(settings: &Builder) -> Result<Arc<dyn Store>, OpenError> {
    match &settings.place {
        None => Err(OpenError::NoStore),
        Some(Place::Store(store)) => Ok(Arc::clone(store)),
        #[cfg(feature = "redb")]
        Some(Place::Path(path)) => Ok(open_file(path, settings)?),
    }
}

/// Opens the file, waiting for it as long as the settings say.
#[cfg(feature = "redb")]
fn open_file(
    path: &std::path::Path,
    settings: &Builder,
) -> Result<Arc<dyn Store>, crate::store::StoreError> {
    use crate::store::{RedbStore, StoreError};

    let cache_bytes = settings.cache_bytes;
    let cache_bytes = cache_bytes.unwrap_or(RedbStore::DEFAULT_CACHE_BYTES);
    let until = Instant::now() + settings.wait_for_file.min(LONGEST_WAIT);
    loop {
        match RedbStore::with_cache(path, cache_bytes) {
            Err(StoreError::InUse { .. }) if Instant::now() < until => {
                std::thread::sleep(IN_USE_PAUSE);
            }
            opened => return Ok(Arc::new(opened?)),
        }
    }
}

fn thread(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> Result<std::thread::JoinHandle<()>, OpenError> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map_err(OpenError::Thread)
}

/// Every action must find what it needs before anything runs. All that is
/// missing is told at once.
fn check_dependencies(registry: &Registry, deps: &Deps) -> Result<(), OpenError> {
    let mut needed: BTreeMap<TypeId, MissingDependency> = BTreeMap::new();
    for action in registry.actions() {
        let missing = (action.deps)().into_iter();
        for dep in missing.filter(|dep| !deps.contains(dep.id)) {
            let missing = needed.entry(dep.id).or_insert_with(|| MissingDependency {
                type_name: dep.type_name,
                actions: Vec::new(),
            });
            let action = (action.name, action.file, action.line);
            if !missing.actions.contains(&action) {
                missing.actions.push(action);
            }
        }
    }
    if needed.is_empty() {
        return Ok(());
    }
    let mut missing: Vec<MissingDependency> = needed.into_values().collect();
    missing.sort_by_key(|missing| missing.type_name);
    Err(OpenError::MissingDependencies { missing })
}
