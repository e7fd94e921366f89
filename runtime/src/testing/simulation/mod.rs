//! The production engine without threads, time or chance: the same turns and
//! commits over a store in memory, with actions played by fakes, a clock that
//! jumps, and an order of all that happens that is drawn from a seed.

mod attempts;
mod cast;
mod crash;
mod engine;
mod fake;
mod flag;
mod ledger;
mod order;
mod orders;
mod run;
mod seen;
mod setup;
mod told;
mod trace;
mod watched;
mod worlds;

use std::fmt;
use std::sync::{Arc, Mutex};

pub use self::crash::{CrashPoint, CrashReport, SeenState};
pub use self::engine::SimulatedEngine;
pub use self::fake::{Answer, Fake};
pub use self::ledger::{Ledger, LedgerRow};
pub use self::orders::Orders;
pub use self::trace::Trace;

use self::attempts::Parts;
use self::order::Order;
use self::run::{Run, Setting};
use self::told::Told;
use self::watched::lock;
use self::worlds::Worlds;
use crate::engine::Builder;
use crate::machine::Machine;
use crate::payload::Payload;
use crate::store::{MemoryStore, Store};
use crate::testing::coverage::{self, Coverage, Steps};
use crate::testing::rng::Rng;

/// The variable of the environment that [`Simulation::from_env`] reads.
const SEED: &str = "FLOWSTONE_SEED";

/// An engine without threads, time or chance, for tests.
///
/// It is the engine of production: the same turns, the same commits, the same
/// recovery. But all of it happens in the test's own thread, step by step, in an
/// order drawn from a seed; its clock jumps to the next point at which something
/// happens, so that a year of sleeping takes no time; and actions are played by what
/// the test says. The same seed and the same program give the same
/// [trace](Self::trace), so that a failure can be seen again.
///
/// No action touches the world by mistake: one that nobody plays ends the test with
/// the line to write. Segments are checked where
/// [`check_segments`](super::check_segments) is on.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
/// use flowstone::testing::Simulation;
///
/// # #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
/// # struct Declined;
/// #[action(retry(attempts = 4, first_delay = "1m", jitter = 0))]
/// async fn charge(card: &str, cents: u64) -> Result<u64, Declined> {
///     # let _ = (card, cents);
///     unimplemented!("asks the bank")
/// }
///
/// #[flow]
/// async fn subscribe(card: String) -> Result<u64, Declined> {
///     let mut paid = 0;
///     for _ in 0..12 {
///         paid += charge(&card, 200).await?;
///         flow::sleep(Duration::from_secs(30 * 24 * 3600)).await;
///     }
///     Ok(paid)
/// }
///
/// let mut sim = Simulation::new(7);
/// sim.fake::<charge>(|(_, cents)| Ok(cents)).fails_times(3, Err(Declined));
/// let paid = sim.run(async |engine| engine.run("s", subscribe("4242".into())).await);
/// assert_eq!(paid.unwrap(), Ok(2_400));
/// assert_eq!(sim.ledger().rows().len(), 12 * 4);
/// ```
pub struct Simulation {
    seed: u64,
    parts: Parts,
    /// As each run finds them.
    worlds: Worlds,
    builder: Box<dyn Fn(Builder) -> Builder>,
    store: Box<dyn Fn() -> Box<dyn Store>>,
    messages: Vec<(Arc<str>, Payload)>,
    /// Of the last run that was not disturbed.
    trace: Trace,
    ledger: Ledger,
    left: Worlds,
    /// Of all runs.
    steps: Arc<Mutex<Steps>>,
}

impl Simulation {
    /// A simulation in which what could happen at the same time happens in an order
    /// drawn from `seed`; the seeds of instances come from it as well.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            parts: Parts::new(),
            worlds: Worlds::default(),
            builder: Box::new(|builder| builder),
            store: Box::new(|| Box::new(MemoryStore::new())),
            messages: Vec::new(),
            trace: Trace::default(),
            ledger: Ledger::default(),
            left: Worlds::default(),
            steps: Arc::default(),
        }
    }

    /// The same with the seed that the variable `FLOWSTONE_SEED` of the environment
    /// says, or else another one each time: a failure tells it.
    ///
    /// # Panics
    ///
    /// When the variable is set to something else than a number.
    #[must_use]
    pub fn from_env() -> Self {
        use std::hash::BuildHasher;
        let seed = std::env::var(SEED).map(|text| {
            let seed = text.parse();
            seed.unwrap_or_else(|error| panic!("{SEED} is `{text}`, which is no seed: {error}"))
        });
        Self::new(seed.unwrap_or_else(|_| std::hash::RandomState::new().hash_one(SEED)))
    }

    /// What its order is drawn from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Runs a test against an engine over an empty store, to its end.
    ///
    /// The test is given the engine; it starts flows, sends messages and waits, as a
    /// program would. What else can be awaited in it is what needs no runtime.
    ///
    /// # Panics
    ///
    /// When the test panics, after what happened and the seed were printed; when it
    /// waits and nothing can happen any more, with what every instance waits for; when
    /// an action is called that nothing plays.
    #[track_caller]
    pub fn run<T>(&mut self, test: impl AsyncFnOnce(SimulatedEngine) -> T) -> T {
        let how = self.repeating(&[]);
        let order = Order::Drawn(Rng::new(self.seed));
        let (value, _) = self.run_in(order, how, test);
        value
    }

    /// Runs a test in an order; gives that back with what the test came to.
    #[track_caller]
    fn run_in<T>(
        &mut self,
        order: Order,
        how: String,
        test: impl AsyncFnOnce(SimulatedEngine) -> T,
    ) -> (T, Order) {
        let _watch = coverage::watch(&self.steps);
        let setting = self.setting(Trace::default());
        let mut run = Run::new(Setting { order, ..setting });
        let told = Told::new(&run.log, how);
        let test = test(run.engine());
        let value = run.drive(test).expect("no crash is planned");
        drop(told);
        let trace = std::mem::take(&mut lock(&run.log).trace);
        let (ledger, worlds) = (
            run.attempts.ledger.take(),
            std::mem::take(&mut run.attempts.worlds),
        );
        let order = run.into_order();
        self.keep(trace, ledger, worlds);
        (value, order)
    }

    /// What happened in the last run; for crashes, in the undisturbed one.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Which attempts there were in that run.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What that run left of a world.
    ///
    /// # Panics
    ///
    /// When there is no such [world](Self::with_world), or nothing was run.
    #[track_caller]
    #[must_use]
    pub fn world<W: 'static>(&self) -> &W {
        self.left.get()
    }

    /// The actions that something plays and that were not called in that run.
    #[must_use]
    pub fn never_called(&self) -> Vec<&'static str> {
        let names = self.parts.keys().copied();
        names.filter(|name| !self.ledger.has(name)).collect()
    }

    /// Which states and edges of a flow all runs of this simulation took so far, whoever
    /// started it.
    #[must_use]
    pub fn coverage<M: Machine>(&self) -> Coverage {
        Coverage::of(M::SHAPE, &coverage::lock(&self.steps))
    }

    fn setting(&mut self, trace: Trace) -> Setting<'_> {
        Setting {
            order: Order::Drawn(Rng::new(self.seed)),
            seed: self.seed,
            parts: &mut self.parts,
            worlds: self.worlds.clone(),
            builder: &*self.builder,
            store: (self.store)(),
            trace,
        }
    }

    fn keep(&mut self, trace: Trace, ledger: Ledger, worlds: Worlds) {
        (self.trace, self.ledger, self.left) = (trace, ledger, worlds);
    }
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
