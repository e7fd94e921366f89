//! Where the process can end.

use std::fmt;

/// A point at which the process ends, counted from when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrashPoint {
    /// Before the commit of this number, from 1: nothing of it is stored.
    BeforeCommit(u32),
    /// After the commit of this number, from 1, before anything that it lets go: no
    /// answer to whoever asked, no attempt.
    AfterCommit(u32),
    /// After the attempt of this number, from 1, touched the world, before the engine
    /// hears of it.
    AfterEffect(u32),
}

impl fmt::Display for CrashPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeCommit(number) => write!(f, "before commit {number}"),
            Self::AfterCommit(number) => write!(f, "after commit {number}, before its effects"),
            Self::AfterEffect(number) => {
                write!(f, "after effect {number}, before its outcome is stored")
            }
        }
    }
}

/// All points of a process with so many commits and effects.
pub(super) fn all(commits: u32, effects: u32) -> Vec<CrashPoint> {
    let commits = (1..=commits).flat_map(|number| {
        [
            CrashPoint::BeforeCommit(number),
            CrashPoint::AfterCommit(number),
        ]
    });
    let effects = (1..=effects).map(CrashPoint::AfterEffect);
    commits.chain(effects).collect()
}

/// Crashes one after the other.
pub(super) fn listed(points: &[CrashPoint]) -> String {
    let listed: Vec<String> = points.iter().map(ToString::to_string).collect();
    listed.join(", and, begun anew, ")
}
