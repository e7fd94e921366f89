//! Crash everywhere: one flow, run again with the process ending at each point at
//! which that can make a difference.
//!
//! In: what plays the actions, a call. Out: a report, or a panic that says at
//! which crash the flow or the world came out otherwise, and how to see it again.

mod play;
mod point;
mod report;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

pub use self::point::CrashPoint;
pub use self::report::{CrashReport, SeenState};

use self::play::Played;
use super::Simulation;
use super::trace::Trace;
use crate::flow::FlowCall;
use crate::machine::Machine;

impl Simulation {
    /// Runs a flow undisturbed, then again with a crash at each point, and asserts
    /// that each run comes to the same.
    ///
    /// There is a run for each commit of the undisturbed one, with the process ending
    /// before it and after it, before its effects; and one for each attempt of an
    /// action, with the process ending after the action touched the world, before its
    /// outcome is stored. Each of these is run again with a second crash at each such
    /// point of the recovery, which lasts until the flow has made a step. The process
    /// begins anew each time over the same store, and whoever started the flow starts
    /// it again under the same id.
    ///
    /// The same are: what the flow returns; the [worlds](Self::with_world); the calls
    /// of actions, with their arguments and idempotency keys. An attempt that a crash
    /// cut off may be made again, with the same key, as is promised: at least once.
    /// One of an action that is `at_most_once` is not: its flow is told, and may come to
    /// something else from there; such a run must end, and attempt no call twice.
    /// [`Engine::check`](crate::Engine::check) must find nothing.
    ///
    /// Messages that the flow waits for are given by [`message`](Self::message). What a
    /// crash may change is which of two things comes first that take the same time: let
    /// the fakes of what a flow races [take](super::Fake::takes) different ones. A flow
    /// whose result tells the time ([`flow::now`](crate::flow::now)) differs if fakes
    /// take time, since an attempt made again takes it again.
    /// What a closure of a fake remembers by itself is remembered over all runs; that
    /// belongs in a world.
    ///
    /// # Panics
    ///
    /// When a run comes to something else, or the undisturbed one does not end. The
    /// message has the crash, what differs, what happened, and the call of
    /// [`crash_at`](Self::crash_at) that repeats it.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    /// use flowstone::testing::Simulation;
    ///
    /// #[action]
    /// async fn charge(order: u64) -> u64 {
    ///     # let _ = order;
    ///     unimplemented!("asks the bank")
    /// }
    ///
    /// #[flow]
    /// async fn checkout(order: u64) -> u64 {
    ///     let receipt = charge(order).await;
    ///     flow::sleep(Duration::from_secs(3600)).await;
    ///     receipt
    /// }
    ///
    /// let mut sim = Simulation::new(7);
    /// sim.fake::<charge>(|(order,)| order + 1);
    /// let report = sim.crash_everywhere(|| checkout(42));
    /// assert_eq!(report.never_reached, []);
    /// assert!(report.runs > 10, "{report}");
    /// ```
    #[track_caller]
    pub fn crash_everywhere<M: Machine>(&mut self, call: impl Fn() -> FlowCall<M>) -> CrashReport {
        let undisturbed = self.undisturbed(&call);
        let mut steps = undisturbed.steps.clone();
        let passed = undisturbed.passed;
        let singles = point::all(passed.commits, passed.effects);
        let mut pairs = Vec::new();
        for first in &singles {
            let played = self.compare(&undisturbed, &[*first], &call);
            steps.extend(played.steps);
            let (commits, effects) = played.passed.recovery.unwrap_or_default();
            let seconds = point::all(commits, effects).into_iter();
            pairs.extend(seconds.map(|second| [*first, second]));
        }
        for pair in &pairs {
            steps.extend(self.compare(&undisturbed, pair, &call).steps);
        }
        CrashReport {
            runs: 1 + singles.len() + pairs.len(),
            pairs: pairs.len(),
            commits: passed.commits,
            effects: passed.effects,
            ..report::covered::<M>(&steps)
        }
    }

    /// One run of [`crash_everywhere`](Self::crash_everywhere): each crash is counted
    /// from the one before it.
    ///
    /// # Panics
    ///
    /// As [`crash_everywhere`](Self::crash_everywhere); or when the flow ended without
    /// coming to all of these points.
    #[track_caller]
    pub fn crash_at<M: Machine>(&mut self, points: &[CrashPoint], call: impl Fn() -> FlowCall<M>) {
        let undisturbed = self.undisturbed(&call);
        let played = self.compare(&undisturbed, points, &call);
        assert!(
            played.crashes == points.len(),
            "the flow ended after {} of {} crashes",
            played.crashes,
            points.len()
        );
    }

    #[track_caller]
    fn undisturbed<M: Machine>(&mut self, call: &impl Fn() -> FlowCall<M>) -> Played {
        let played = self.play(&[], Trace::default(), call);
        let parked = played.ends.values().find(|end| end.how.is_none());
        assert!(
            parked.is_none() && played.violations.is_empty(),
            "the flow does not end even without a crash (seed {}): {}\n{}",
            self.seed,
            parked.map_or("", |end| end.shown.as_str()),
            played.trace
        );
        played
    }

    /// Runs the flow with these crashes; panics when it differs.
    #[track_caller]
    fn compare<M: Machine>(
        &mut self,
        undisturbed: &Played,
        points: &[CrashPoint],
        call: &impl Fn() -> FlowCall<M>,
    ) -> Played {
        let quiet = AssertUnwindSafe(|| self.play(points, Trace::off(), call));
        let (departure, panic) = match catch_unwind(quiet) {
            Ok(played) => match played.departure_from(undisturbed) {
                None => return played,
                Some(departure) => (departure, None),
            },
            Err(panic) => ("it panicked".to_owned(), Some(panic)),
        };
        // Once more, for what happened. A panic is then told with it.
        let again = self.play(points, Trace::default(), call);
        if let Some(panic) = panic {
            resume_unwind(panic);
        }
        let differs = again.departure_from(undisturbed).unwrap_or_else(|| {
            format!(
                "{departure}\n(not so when run again: the program itself differs from run to run)"
            )
        });
        panic!(
            "`{}` does not survive that the process ends {}\n{differs}\n{}\nwhat happened:\n{}",
            M::SHAPE.name,
            point::listed(points),
            self.repeating(points),
            again.trace,
        )
    }

    /// How to run that again.
    pub(super) fn repeating(&self, points: &[CrashPoint]) -> String {
        let seed = self.seed;
        if points.is_empty() {
            return format!(
                "the seed was {seed}; repeat with `Simulation::new({seed})`, or with \
                 {}={seed} where the test asks `Simulation::from_env()`",
                super::SEED
            );
        }
        let points: Vec<String> = points
            .iter()
            .map(|point| format!("CrashPoint::{point:?}"))
            .collect();
        let points = points.join(", ");
        format!(
            "the seed was {seed}; repeat with `Simulation::new({seed})` and `crash_at(&[{points}], ..)`"
        )
    }
}
