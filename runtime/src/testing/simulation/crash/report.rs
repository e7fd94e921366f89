//! What crashes everywhere covered.

use std::fmt;

use crate::machine::{Machine, Site};
use crate::registry::Registry;
use crate::testing::coverage::{Coverage, Steps};

/// What [`crash_everywhere`](crate::testing::Simulation::crash_everywhere) ran, when
/// all of it came to the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CrashReport {
    /// How often the flow was run.
    pub runs: usize,
    /// How many of these had two crashes.
    pub pairs: usize,
    /// How many commits the undisturbed run has.
    pub commits: u32,
    /// How many attempts of actions it has.
    pub effects: u32,
    /// The states in which the flow waited, and those of flows that it calls and that
    /// waited for something themselves: as [`Coverage`](crate::testing::Coverage) has
    /// them, also where a crash took the step back.
    pub reached: Vec<SeenState>,
    /// The states of these flows in which it never waited: this test says nothing of
    /// them.
    pub never_reached: Vec<SeenState>,
}

/// A state of a flow: one `.await`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct SeenState {
    /// The flow.
    pub flow: &'static str,
    /// The line of the `.await`.
    pub line: u32,
    /// Its label.
    pub label: &'static str,
    /// The source file.
    pub file: &'static str,
}

impl SeenState {
    pub(in crate::testing) fn of(site: &Site) -> Self {
        Self {
            flow: site.flow,
            line: site.line,
            label: site.label,
            file: site.file,
        }
    }
}

/// A report of the states only.
pub(super) fn covered<M: Machine>(steps: &Steps) -> CrashReport {
    let registry = Registry::linked().unwrap_or_default();
    let own = M::SHAPE;
    let called = steps.flows.iter().filter(|flow| **flow != own.name);
    let called = called.filter_map(|flow| registry.newest_shape(flow));
    let (mut reached, mut never_reached) = (Vec::new(), Vec::new());
    for shape in std::iter::once(own).chain(called) {
        let coverage = Coverage::of(shape, steps);
        reached.extend(coverage.reached());
        never_reached.extend(coverage.never_reached());
    }
    reached.sort();
    never_reached.sort();
    CrashReport {
        runs: 0,
        pairs: 0,
        commits: 0,
        effects: 0,
        reached,
        never_reached,
    }
}

impl fmt::Display for CrashReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.reached.len() + self.never_reached.len();
        writeln!(
            f,
            "{} runs ({} with two crashes) over {} commits and {} effects; {} of {all} states reached",
            self.runs,
            self.pairs,
            self.commits,
            self.effects,
            self.reached.len(),
        )?;
        self.never_reached
            .iter()
            .try_for_each(|state| writeln!(f, "never reached: {state}"))
    }
}

impl fmt::Display for SeenState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            flow,
            line,
            label,
            file,
        } = self;
        write!(f, "{flow}::{label} ({file}:{line})")
    }
}
