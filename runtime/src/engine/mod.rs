//! The engine: runs instances, and owns all that is not pure.
//!
//! Two threads. The *turn thread* (`core`) wakes on one closed enum of events,
//! applies turns to states in memory and gathers their writes; the *commit
//! thread* (`commit`) makes what has gathered durable in one transaction and
//! only then releases effects: replies, and attempts of actions, which run as
//! tokio tasks. While one transaction is synced the next gathers.

mod apply;
mod attempt;
mod batch;
mod births;
mod builder;
mod careful;
mod check;
mod clock;
mod close;
mod command;
mod commit;
mod core;
mod create;
mod crowd;
mod data;
mod dispatch;
mod error;
mod event;
mod family;
mod guarded;
mod health;
mod loose;
mod mail;
mod metrics;
mod open;
mod outside;
mod pauses;
mod queue;
mod recover;
mod retain;
mod room;
mod running;
#[cfg(feature = "testing")]
mod simulated;
mod slots;
mod tell;
mod timers;
mod vigil;
mod watch;

use std::fmt;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

pub use self::builder::Builder;
pub use self::check::Violation;
pub(crate) use self::data::{Look, Looker};
pub(crate) use self::error::Refusal;
pub use self::error::{OpenError, ShutdownError};
pub use self::event::Reuse;
pub(crate) use self::event::{Event, Outcome, Reply, StartRequest};
pub use self::health::{Condition, Health};
use self::metrics::Counters;
pub use self::metrics::{AttemptMetrics, CommitMetrics, Metrics};

#[cfg(feature = "testing")]
pub(crate) use self::attempt::{Attempt, reported};
pub(crate) use self::clock::Clock;
#[cfg(feature = "testing")]
pub(crate) use self::guarded::Guarded;
#[cfg(feature = "testing")]
pub(crate) use self::simulated::{Sent, Simulated, Waiting};

use self::health::Monitor;
use crate::store::{Store, StoreError, View};
use crate::turn::Rules;

/// Runs flows and keeps them in a store. Clones are handles to the same one.
///
/// Dropping the last clone (and the last [`Handle`](crate::client::Handle))
/// without [`shutdown`](Engine::shutdown) stops it as a crash of the process
/// would: nothing acknowledged is lost, actions that run are aborted and run
/// again when the store is opened next, and the file is released before the
/// drop returns. A dependency that holds an `Engine` keeps it alive.
///
/// # Examples
///
/// ```
/// use flowstone::engine::Engine;
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let folder = tempfile::tempdir()?;
/// let engine = Engine::open(folder.path().join("orders.redb")).await?;
/// assert_eq!(engine.check().await?, []);
/// engine.shutdown(std::time::Duration::from_secs(10)).await?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    events: mpsc::Sender<Event>,
    store: Arc<dyn Store>,
    pub(crate) rules: Arc<Rules>,
    clock: Clock,
    monitor: Arc<Monitor>,
    counters: Arc<Counters>,
    /// `None` in a simulation, where nothing blocks.
    runtime: Option<RuntimeChoice>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Where actions run.
enum RuntimeChoice {
    /// In the runtime in which the engine was opened.
    Current(tokio::runtime::Handle),
    /// In one of the engine's own; `None` once it was shut down.
    Own(Option<tokio::runtime::Runtime>, tokio::runtime::Handle),
}

impl Engine {
    /// Opens the store at `path`, made if it is missing, and goes on with what
    /// was running, with all defaults of [`Engine::builder`].
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the store cannot be used, two flows or actions share
    /// a name, or an action needs what only `provide` can give.
    #[cfg(feature = "redb")]
    pub async fn open(path: impl AsRef<std::path::Path>) -> Result<Self, OpenError> {
        Self::builder().path(path).open().await
    }

    /// An engine in the making.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Takes no more work, waits up to `limit` for the actions that run, then
    /// cancels and aborts them, and closes the store in order.
    ///
    /// What was cut off or not begun goes on when the store is opened next. A
    /// plain `fn` action cannot be aborted: it sees
    /// [`ActionCx::is_cancelled`](crate::action::ActionCx::is_cancelled) and
    /// its outcome is dropped.
    ///
    /// # Errors
    ///
    /// [`ShutdownError`] when the last writes failed, or the engine had stopped.
    ///
    /// # Cancel safety
    ///
    /// The shutdown goes on when the future is dropped.
    pub async fn shutdown(&self, limit: Duration) -> Result<(), ShutdownError> {
        let (reply, done) = oneshot::channel();
        self.inner
            .send(Event::Shutdown { limit, reply })
            .map_err(|_| ShutdownError::Stopped)?;
        let closed = done.await.map_err(|_| ShutdownError::Stopped)?;
        closed.map_err(ShutdownError::Store)
    }

    /// How the engine is.
    #[must_use]
    pub fn health(&self) -> Health {
        self.inner.monitor.health()
    }

    /// Looks for instances that nothing would ever wake, wake-ups that belong
    /// to nobody, and rows that cannot be read. Reads the whole store.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the store cannot be read.
    pub async fn check(&self) -> Result<Vec<Violation>, StoreError> {
        self.read(|view| check::check(view)).await
    }

    /// Moves the engine's clock, which must have been made by hand.
    #[doc(hidden)]
    pub fn advance(&self, by: Duration) {
        self.inner.clock.advance(by);
        let _ = self.inner.send(Event::ClockMoved);
    }

    /// Reads one point in time of the store, away from async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&dyn View) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = Arc::clone(&self.inner.store);
        let task = move || read(&*store.view()?);
        let Some(runtime) = &self.inner.runtime else {
            return task();
        };
        let done = runtime.handle().spawn_blocking(task).await;
        done.unwrap_or(Err(StoreError::Closed))
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("store", &self.inner.store)
            .finish_non_exhaustive()
    }
}

impl Inner {
    /// Gives an event to the turn thread.
    pub(crate) fn send(&self, event: Event) -> Result<(), Refusal> {
        self.events.send(event).map_err(|_| Refusal::Stopped)
    }
}

impl RuntimeChoice {
    /// The present runtime, or a new one.
    fn present() -> Result<Self, OpenError> {
        if let Ok(handle) = tokio::runtime::Handle::try_current() {
            return Ok(Self::Current(handle));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("flowstone-action")
            .build()
            .map_err(OpenError::Thread)?;
        let handle = runtime.handle().clone();
        Ok(Self::Own(Some(runtime), handle))
    }

    fn handle(&self) -> &tokio::runtime::Handle {
        match self {
            Self::Current(handle) | Self::Own(_, handle) => handle,
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let _ = self.events.send(Event::Abandon);
        let threads = self.threads.get_mut();
        let threads = threads.unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            // An action's dependency may hold the last handle; it is then
            // dropped by the engine's own thread, which cannot wait for itself.
            if thread.thread().id() != std::thread::current().id() {
                let _ = thread.join();
            }
        }
        if let Some(RuntimeChoice::Own(runtime, _)) = &mut self.runtime
            && let Some(runtime) = runtime.take()
        {
            runtime.shutdown_background();
        }
    }
}
