//! What happened in a simulation, line by line.

use std::fmt;

use crate::time::Timestamp;

/// What happened in a run of a [`Simulation`](super::Simulation): each attempt,
/// each commit with its rows of the journal, each crash, in order, with the time
/// of the simulation. The same for the same seed and the same program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    lines: Vec<String>,
    is_off: bool,
}

impl Trace {
    /// One that keeps nothing, for runs that nobody looks at.
    pub(super) fn off() -> Self {
        Self {
            lines: Vec::new(),
            is_off: true,
        }
    }

    pub(super) fn is_off(&self) -> bool {
        self.is_off
    }

    pub(super) fn add(&mut self, at: Timestamp, what: fmt::Arguments<'_>) {
        if !self.is_off {
            self.lines.push(format!("{at} {what}"));
        }
    }

    /// What happened, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
