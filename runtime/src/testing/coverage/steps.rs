//! What flows did, step by step, as the segments that ran tell it.
//!
//! In: the frame before each segment, the leaf that brought something, the frame after,
//! what was asked for. Out: the states in which flows waited, and which followed which.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::ids::LeafId;
use crate::machine::{Stand, stands};
use crate::turn::{self, Told};

/// What flows did so far; flows are known by the fingerprints of their shapes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::testing) struct Steps {
    /// The names of those that waited for something themselves.
    pub(in crate::testing) flows: BTreeSet<&'static str>,
    pub(super) reached: BTreeSet<(u64, String)>,
    pub(super) taken: BTreeSet<(u64, Step)>,
}

/// From one wait to the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) from: Place,
    pub(super) to: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Start,
    /// By its label.
    State(String),
    End,
}

/// As long as it lives, segments of this thread are noted.
pub(in crate::testing) struct Watch {
    /// Who was told before, and will be again.
    before: Option<turn::Watcher>,
}

/// Notes what the segments do that run in this thread from now on.
pub(in crate::testing) fn watch(steps: &Arc<Mutex<Steps>>) -> Watch {
    let steps = Arc::clone(steps);
    let before = turn::watch(Some(Box::new(move |told| lock(&steps).add(told))));
    Watch { before }
}

pub(in crate::testing) fn lock(steps: &Mutex<Steps>) -> MutexGuard<'_, Steps> {
    steps.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Watch {
    fn drop(&mut self) {
        turn::watch(self.before.take());
    }
}

impl Steps {
    /// What others did as well.
    pub(in crate::testing) fn extend(&mut self, others: Self) {
        self.flows.extend(others.flows);
        self.reached.extend(others.reached);
        self.taken.extend(others.taken);
    }

    fn add(&mut self, told: &Told<'_>) {
        let asked = told.requests.iter().map(|request| request.site.flow);
        self.flows.extend(asked);
        let segment = Segment {
            before: stands(told.before),
            leaf: told.leaf,
            after: told.after.map(stands).unwrap_or_default(),
        };
        let reached = segment.after.iter();
        self.reached
            .extend(reached.map(|stand| (stand.flow, stand.label.clone())));
        let all = segment.before.iter().chain(&segment.after);
        let flows: BTreeSet<u64> = all.map(|stand| stand.flow).collect();
        for flow in flows {
            let steps = segment.steps(flow).into_iter();
            self.taken.extend(steps.map(|step| (flow, step)));
        }
    }
}

/// Where flows stood around a segment; outer places come before those inside of them.
struct Segment {
    before: Vec<Stand>,
    leaf: Option<LeafId>,
    after: Vec<Stand>,
}

impl Segment {
    /// What one of the flows did.
    fn steps(&self, flow: u64) -> Vec<Step> {
        let of_flow = |stand: &&Stand| stand.flow == flow;
        let moved = self.before.iter().filter(|stand| self.has_moved(stand));
        let mut inwards = moved.clone().filter(of_flow).rev();
        let from = inwards.next();
        let next: BTreeSet<&str> = self
            .new_leaves()
            .filter_map(|leaf| {
                let mut after = self.after.iter().filter(of_flow).rev();
                let stand = after.find(|stand| stand.leaves.contains(&leaf))?;
                Some(stand.label.as_str())
            })
            .collect();
        let Some(from) = from else {
            return next.iter().map(|to| step("", Place::of(to))).collect();
        };
        let is_inside = moved
            .clone()
            .next_back()
            .is_some_and(|last| last.flow != flow);
        let stays = |label: &str| {
            let mut after = self.after.iter().filter(of_flow);
            after.any(|stand| stand.label == label)
        };
        if !next.is_empty() {
            // Where a flow inside of it went on, it did not.
            let next = next.iter().filter(|to| !is_inside || **to != from.label);
            return next.map(|to| step(&from.label, Place::of(to))).collect();
        }
        if stays(&from.label) {
            return Vec::new();
        }
        let fork = inwards.find(|outer| stays(&outer.label));
        let to = fork.map_or(Place::End, |fork| Place::of(&fork.label));
        vec![step(&from.label, to)]
    }

    fn has_moved(&self, stand: &Stand) -> bool {
        self.leaf.is_none_or(|leaf| stand.leaves.contains(&leaf))
    }

    fn new_leaves(&self) -> impl Iterator<Item = LeafId> {
        let leaves = self.after.iter().flat_map(|stand| &stand.leaves).copied();
        leaves.filter(|leaf| !self.before.iter().any(|stand| stand.leaves.contains(leaf)))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.from, self.to)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::State(label) => label,
            Self::End => "end",
        })
    }
}

fn step(from: &str, to: Place) -> Step {
    let from = Place::of(from);
    Step { from, to }
}

impl Place {
    fn of(label: &str) -> Self {
        if label.is_empty() {
            Self::Start
        } else {
            Self::State(label.to_owned())
        }
    }
}
