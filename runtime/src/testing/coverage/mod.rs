//! Which states and edges of a flow tests took.
//!
//! In: what segments did in simulations and by hand. Out: a table, and the flow's graph
//! with what was reached and what never was.

mod draw;
mod project;
mod steps;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Add;

pub(super) use self::steps::{Steps, lock, watch};

use self::project::Map;
use self::steps::{Place, Step};
use super::SeenState;
use crate::graph::{Edge, Graph, Node};
use crate::machine::Shape;

/// Which states of a flow tests reached, and which edges of its graph they took.
///
/// [`Simulation::coverage`](super::Simulation::coverage) and
/// [`ByHand::coverage`](super::ByHand::coverage) give it; that of several tests of a flow
/// is put together with `+`.
///
/// A state is reached when the flow waits there, if only for a message that has already
/// come. From one wait to the next a flow may have gone several ways: an edge is
/// [taken](Taken::Surely) if it lies on each of them, and [perhaps](Taken::Perhaps) if it
/// lies on some. A step counts also if a crash took it back. Not seen is that a flow that
/// is called in a loop, with nothing awaited beside it, is called once more; flows that
/// keep the same under the same labels are one.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
/// use flowstone::testing::Simulation;
///
/// # #[action]
/// # async fn charge(cents: u64) -> u64 { cents }
/// # #[action]
/// # async fn ship(_receipt: u64) {}
/// #[flow]
/// async fn order(cents: u64) -> u64 {
///     let receipt = charge(cents).await;
///     if cents > 100 {
///         ship(receipt).await;
///     }
///     receipt
/// }
///
/// let mut sim = Simulation::new(7);
/// sim.real::<charge>();
/// sim.real::<ship>();
/// sim.run(async |engine| engine.run("small", order(5)).await.unwrap());
/// let small = sim.coverage::<order>();
/// assert_eq!(small.never_reached()[0].label, "ship");
///
/// let mut machine = order(500).machine();
/// machine.resolve::<charge>(500);
/// machine.resolve::<ship>(());
/// let both = small + machine.coverage();
/// both.assert_all_states();
/// both.assert_all_edges();
/// println!("{both}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    graph: Graph,
    /// The numbers of nodes.
    reached: BTreeSet<usize>,
    /// Of each edge of the graph.
    ways: Vec<Taken>,
    /// What lies on none of them.
    unknown: BTreeSet<Step>,
}

/// Whether an edge was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// No test can have taken it.
    Never,
    /// It lies on one of several ways between two waits.
    Perhaps,
    /// It lies on every way between two waits.
    Surely,
}

impl Coverage {
    pub(super) fn of(shape: &'static Shape, steps: &Steps) -> Self {
        let graph = Graph::of(shape);
        let map = Map::new(&graph);
        let own = |flow: &u64| *flow == shape.fingerprint;
        let labels = steps.reached.iter().filter(|(flow, _)| own(flow));
        let reached = labels.filter_map(|(_, label)| map.node(&Place::State(label.clone())));
        let reached = reached.collect();
        let mut ways = vec![Taken::Never; graph.ends().count()];
        let mut unknown = BTreeSet::new();
        for (_, step) in steps.taken.iter().filter(|(flow, _)| own(flow)) {
            let laid = map.lay(step);
            if laid.is_empty() {
                unknown.insert(step.clone());
            }
            for (way, taken) in laid {
                if let Some(known) = ways.get_mut(way) {
                    *known = taken.max(*known);
                }
            }
        }
        Self {
            graph,
            reached,
            ways,
            unknown,
        }
    }

    /// The name of the flow.
    #[must_use]
    pub fn flow(&self) -> &'static str {
        self.graph.flow()
    }

    /// The states in which it waited, as they stand in the source.
    #[must_use]
    pub fn reached(&self) -> Vec<SeenState> {
        self.states(true)
    }

    /// The states in which it never waited, as they stand in the source.
    #[must_use]
    pub fn never_reached(&self) -> Vec<SeenState> {
        self.states(false)
    }

    fn states(&self, reached: bool) -> Vec<SeenState> {
        let nodes = self.graph.nodes().iter().enumerate();
        let states = nodes.filter_map(|(number, node)| match node {
            Node::State(site) if self.reached.contains(&number) == reached => {
                Some(SeenState::of(site))
            }
            _ => None,
        });
        states.collect()
    }

    /// All edges of the flow's graph, and whether they were taken.
    pub fn edges(&self) -> impl Iterator<Item = (Edge<'_>, Taken)> {
        self.graph.edges().zip(self.ways.iter().copied())
    }

    /// The steps that were made though no path of the graph leads there, as text: those of
    /// another flow that keeps the same under the same labels, or of an edge that the graph
    /// lacks.
    #[must_use]
    pub fn unknown(&self) -> Vec<String> {
        self.unknown.iter().map(ToString::to_string).collect()
    }

    /// Asserts that each state was reached.
    ///
    /// # Panics
    ///
    /// When one never was. The message names them all, with file and line.
    #[track_caller]
    pub fn assert_all_states(&self) {
        let missed: Vec<_> = self
            .never_reached()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            missed.is_empty(),
            "no test reached these states of `{}`:\n{}",
            self.flow(),
            missed.join("\n")
        );
    }

    /// Asserts that no edge was surely never taken.
    ///
    /// # Panics
    ///
    /// When one never was. The message names them all.
    #[track_caller]
    pub fn assert_all_edges(&self) {
        let never = self.edges().filter(|(_, taken)| *taken == Taken::Never);
        let never: Vec<_> = never.map(|(edge, _)| edge.to_string()).collect();
        assert!(
            never.is_empty(),
            "no test took these edges of `{}`:\n{}",
            self.flow(),
            never.join("\n")
        );
    }

    /// The flow's graph for [Mermaid](https://mermaid.js.org/syntax/flowchart.html): green is
    /// what was reached and taken, orange what may have been, red and dashed what never was.
    /// States have the classes `reached` and `missed`.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        draw::mermaid(self)
    }

    /// The same in the language of [Graphviz](https://graphviz.org/doc/info/lang.html).
    #[must_use]
    pub fn to_dot(&self) -> String {
        draw::dot(self)
    }
}

/// What either of them covers.
///
/// # Panics
///
/// When they are of different flows.
impl Add for Coverage {
    type Output = Self;

    #[track_caller]
    fn add(mut self, other: Self) -> Self {
        assert!(
            self.graph == other.graph,
            "the coverage of `{}` has nothing to add to that of `{}`",
            other.flow(),
            self.flow()
        );
        self.reached.extend(other.reached);
        self.unknown.extend(other.unknown);
        for (known, taken) in self.ways.iter_mut().zip(other.ways) {
            *known = taken.max(*known);
        }
        self
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        draw::table(self, f)
    }
}
