//! A flow drawn: where it waits, what leads from one place to the next, and when.
//!
//! In: what the macro drew of the body. Out: nodes and edges, as data, as text for
//! Mermaid and Graphviz, and as a picture.

mod dot;
mod mermaid;
mod read;
mod svg;

use std::collections::BTreeSet;
use std::fmt;

use crate::machine::{Shape, Site};

/// A flow drawn: its states, and what leads from one to the next.
///
/// `graph()` of each flow gives it (`checkout::graph()`), [`Handle::graph`] with where an
/// instance stands. Conditions are the user's own words, shortened. It shows what may
/// happen as far as the body says: a `?` has an edge to the end even where it never fails.
///
/// [`Handle::graph`]: crate::client::Handle::graph
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
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
/// let graph = order::graph();
/// let texts: Vec<String> = graph.edges().map(|edge| edge.to_string()).collect();
/// assert_eq!(texts, [
///     "start -> charge",
///     "charge -> ship: cents > 100",
///     "ship -> end",
///     "charge -> end: not cents > 100",
/// ]);
/// println!("{}", graph.to_mermaid());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    flow: &'static str,
    nodes: Vec<Node>,
    ways: Vec<Way>,
    standing: BTreeSet<usize>,
}

/// A place in a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Node {
    /// Where the flow begins.
    Start,
    /// Where it ends.
    End,
    /// Where it waits, or what it waits for in a `flow::join!` or `flow::race!`.
    State(&'static Site),
    /// Where each round of a loop that waits begins.
    Loop {
        /// The line of the loop.
        line: u32,
        /// What it goes over, or while what holds.
        text: &'static str,
    },
    /// Where many edges meet.
    Meeting,
}

/// An edge by the numbers of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    from: usize,
    to: usize,
    when: &'static str,
    is_operand: bool,
}

/// What leads from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge<'g> {
    /// Where it begins.
    pub from: &'g Node,
    /// Where it leads.
    pub to: &'g Node,
    /// What must hold, empty if nothing: conditions and patterns of the source, with `not`
    /// where they do not, and `?` for what fails.
    pub when: &'static str,
    /// Whether it begins an operand of a `flow::join!` or `flow::race!`.
    pub is_operand: bool,
}

impl Graph {
    /// What is drawn of the flow of this shape.
    #[must_use]
    pub fn of(shape: &'static Shape) -> Self {
        read::graph(shape)
    }

    /// The name of the flow.
    #[must_use]
    pub fn flow(&self) -> &'static str {
        self.flow
    }

    /// All places: the start, the end, and then as they stand in the source.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All edges, as they stand in the source.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        self.ways.iter().filter_map(|way| {
            Some(Edge {
                from: self.nodes.get(way.from)?,
                to: self.nodes.get(way.to)?,
                when: way.when,
                is_operand: way.is_operand,
            })
        })
    }

    /// Where each edge begins and leads, by the numbers of nodes.
    #[cfg(feature = "testing")]
    pub(crate) fn ends(&self) -> impl Iterator<Item = (usize, usize)> {
        self.ways.iter().map(|way| (way.from, way.to))
    }

    /// The same with the mark of where an instance stands: in the state of this label.
    ///
    /// An unknown label marks nothing.
    #[must_use]
    pub fn standing_at(mut self, label: &str) -> Self {
        let nodes = self.nodes.iter().enumerate();
        let at = nodes.filter(|(_, node)| matches!(node, Node::State(site) if site.label == label));
        self.standing.extend(at.map(|(at, _)| at));
        self
    }

    /// The places where an instance stands, as [`standing_at`](Self::standing_at) says.
    pub fn standing(&self) -> impl Iterator<Item = &Node> {
        self.standing.iter().filter_map(|at| self.nodes.get(*at))
    }

    /// The graph as a flowchart of [Mermaid](https://mermaid.js.org/syntax/flowchart.html).
    ///
    /// Where an instance stands has the class `standing`.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        mermaid::chart(self)
    }

    /// The graph in the language of [Graphviz](https://graphviz.org/doc/info/lang.html).
    ///
    /// Where an instance stands is filled.
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::digraph(self)
    }

    /// The graph as a picture (SVG): from top to bottom as in the source, what leads back on
    /// the left.
    ///
    /// Where an instance stands is filled.
    #[must_use]
    pub fn to_svg(&self) -> String {
        svg::picture(self)
    }
}

impl Node {
    /// What it is called, in one line, and on which line of the source it stands.
    fn text(&self) -> (&str, Option<u32>) {
        match self {
            Self::Start => ("start", None),
            Self::End => ("end", None),
            Self::State(site) => (site.label, Some(site.line)),
            Self::Loop { line, text } => (text, Some(*line)),
            Self::Meeting => ("", None),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meeting => f.write_str("*"),
            node => f.write_str(node.text().0),
        }
    }
}

impl fmt::Display for Edge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.from, self.to)?;
        if !self.when.is_empty() {
            write!(f, ": {}", self.when)?;
        }
        Ok(())
    }
}
