//! One test in many orders: of many seeds, or each order that there is.

use std::ops::Range;

use super::order::{Order, Path};
use super::{SimulatedEngine, Simulation};

/// How many orders [`every_order`](Simulation::every_order) ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Orders {
    /// So many runs.
    pub runs: usize,
    /// Whether these are all orders that there are.
    pub is_complete: bool,
}

impl Simulation {
    /// Runs a test once with each of these seeds instead of its own.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), at the first seed with which the test fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    /// use flowstone::testing::Simulation;
    ///
    /// #[action]
    /// async fn fetch(page: u32) -> u32 {
    ///     # let _ = page;
    ///     unimplemented!("asks a server")
    /// }
    ///
    /// #[flow]
    /// async fn both() -> (u32, u32) {
    ///     flow::join!(fetch(1), fetch(2))
    /// }
    ///
    /// let mut sim = Simulation::new(0);
    /// sim.fake::<fetch>(|(page,)| page * 10);
    /// sim.each_seed(0..50, async |engine| {
    ///     assert_eq!(engine.run("b", both()).await.unwrap(), (10, 20));
    /// });
    /// ```
    #[track_caller]
    pub fn each_seed(&mut self, seeds: Range<u64>, test: impl AsyncFn(SimulatedEngine)) {
        let own = self.seed;
        for seed in seeds {
            self.seed = seed;
            self.run(&test);
        }
        self.seed = own;
    }

    /// Runs a test once for each order in which things can arrive that come at the same
    /// time: what attempts come to, messages and cancels that the test sends, what it is time
    /// for.
    ///
    /// Between two of these engine and test do all that they can, so that orders of their
    /// own steps are not tried; for those see [`each_seed`](Self::each_seed). Let the fakes
    /// take the same time, or none: what takes longer comes later. So a cancel that the test
    /// waits for comes at each point of that time: before all else, between any two outcomes,
    /// or when the flow has ended, which is then the test's to expect
    /// ([`CancelError::Ended`](crate::client::CancelError::Ended)). After `most` runs it ends,
    /// whatever is left.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), in the first order in which the test fails. What is printed
    /// has the call of [`in_order`](Self::in_order) that repeats it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::cell::RefCell;
    /// use std::collections::BTreeSet;
    ///
    /// use flowstone::prelude::*;
    /// use flowstone::testing::Simulation;
    ///
    /// #[action]
    /// async fn ask(mirror: &str) -> String {
    ///     # let _ = mirror;
    ///     unimplemented!("asks a server")
    /// }
    ///
    /// #[flow]
    /// async fn fastest() -> String {
    ///     flow::race! {
    ///         a = ask("a") => a,
    ///         b = ask("b") => b,
    ///         c = ask("c") => c,
    ///     }
    /// }
    ///
    /// let winners = RefCell::new(BTreeSet::new());
    /// let mut sim = Simulation::new(0);
    /// sim.fake::<ask>(|(mirror,)| mirror);
    /// let orders = sim.every_order(1_000, async |engine| {
    ///     let winner = engine.run("f", fastest()).await.unwrap();
    ///     winners.borrow_mut().insert(winner);
    /// });
    /// assert!(orders.is_complete);
    /// assert_eq!(winners.into_inner().len(), 3);
    /// ```
    #[track_caller]
    pub fn every_order(&mut self, most: usize, test: impl AsyncFn(SimulatedEngine)) -> Orders {
        let mut next = Some(Path::default());
        let mut runs = 0;
        while let Some(path) = next.take() {
            if runs == most {
                return Orders {
                    runs,
                    is_complete: false,
                };
            }
            runs += 1;
            next = self.run_along(path, &test).next();
        }
        Orders {
            runs,
            is_complete: true,
        }
    }

    /// Runs a test in one order of [`every_order`](Self::every_order): where several
    /// things can arrive, that of the next number does, the first when none is left.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn in_order(&mut self, choices: &[usize], test: impl AsyncFn(SimulatedEngine)) {
        self.run_along(Path::of(choices), &test);
    }

    #[track_caller]
    fn run_along(&mut self, path: Path, test: &impl AsyncFn(SimulatedEngine)) -> Path {
        let (seed, choices) = (self.seed, path.taken());
        let how = format!("repeat with `Simulation::new({seed})` and `in_order(&{choices:?}, ..)`");
        let ((), order) = self.run_in(Order::Listed(path), how, test);
        match order {
            Order::Listed(path) => path,
            Order::Drawn(_) => Path::default(),
        }
    }
}
