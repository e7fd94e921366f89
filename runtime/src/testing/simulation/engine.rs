//! The engine as a test in a simulation has it, and what the test may wish for.

use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::ledger::Ledger;
use crate::engine::{Builder, Clock, Engine, Simulated};
use crate::store::Store;
use crate::time::Timestamp;

/// The engine of a simulation: an [`Engine`], to which a test can say what only a
/// simulation can do.
///
/// After a crash the engine of before answers nothing but that it has stopped; go on
/// with the one that [`crash`](Self::crash) gives.
#[derive(Clone)]
pub struct SimulatedEngine {
    engine: Engine,
    wishes: Rc<RefCell<Wishes>>,
    ledger: Rc<RefCell<Ledger>>,
    clock: Clock,
}

/// What a test waits for that no engine brings.
#[derive(Default)]
pub(super) struct Wishes {
    /// Whom to wake at which time.
    pub(super) sleepers: Vec<(Timestamp, oneshot::Sender<()>)>,
    /// Whom to give the engine after a crash.
    pub(super) crash: Option<oneshot::Sender<Engine>>,
    /// Whom to wake when nothing can happen without time going on.
    pub(super) idle: Option<oneshot::Sender<()>>,
}

impl SimulatedEngine {
    pub(super) fn new(
        engine: Engine,
        wishes: Rc<RefCell<Wishes>>,
        ledger: Rc<RefCell<Ledger>>,
        clock: Clock,
    ) -> Self {
        Self {
            engine,
            wishes,
            ledger,
            clock,
        }
    }

    /// What time it is in the simulation. It begins at midnight, UTC, of 2026-01-01.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Waits in the time of the simulation, in which meanwhile all else happens.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn sleep(&self, time: Duration) {
        let (sender, woken) = oneshot::channel();
        let at = self.clock.now() + time;
        self.wishes.borrow_mut().sleepers.push((at, sender));
        // Dropped only with the simulation.
        let _ = woken.await;
    }

    /// Ends the process at this point and begins it anew over the same store: what was
    /// not durable is gone, attempts that ran are cut off.
    ///
    /// # Panics
    ///
    /// When the store cannot be opened again.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped there may or may not be a crash.
    pub async fn crash(self) -> Self {
        let (sender, opened) = oneshot::channel();
        self.wishes.borrow_mut().crash = Some(sender);
        let engine = opened
            .await
            .expect("the simulation answers as long as it runs");
        Self { engine, ..self }
    }

    /// Which attempts touched the world so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.ledger.borrow().clone()
    }

    /// Waits until nothing can happen without time going on.
    pub(super) async fn idle(&self) {
        let (sender, idle) = oneshot::channel();
        self.wishes.borrow_mut().idle = Some(sender);
        let _ = idle.await;
    }
}

impl Deref for SimulatedEngine {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl fmt::Debug for SimulatedEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.engine, f)
    }
}

/// Begins a process over what `store` holds.
#[track_caller]
pub(super) fn open(
    builder: &dyn Fn(Builder) -> Builder,
    store: &Arc<impl Store>,
    clock: &Clock,
    seed: u64,
) -> (Engine, Simulated) {
    let settings = builder(Engine::builder().retention(None));
    let store = Arc::clone(store) as Arc<dyn Store>;
    let opened = Simulated::open(settings, store, clock.clone(), seed);
    opened.unwrap_or_else(|error| panic!("the simulation cannot open its engine: {error}"))
}
