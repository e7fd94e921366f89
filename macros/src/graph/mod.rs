//! `Plain` to a control-flow graph: what may run after what, which locals
//! each step reads and replaces. The next pass solves liveness on it.
//!
//! Built from the end to the start, so that the successor of each node exists
//! already; only the heads of loops are made before their bodies.

mod build;
#[cfg(test)]
mod pretty;

use std::collections::BTreeSet;

use crate::ids::{BlockId, ConstructId, LocalId, NodeId, PointId, Table};
use crate::model::Plain;

#[cfg(test)]
pub(crate) use pretty::pretty;

/// The control-flow graph of a flow.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) nodes: Table<NodeId, Node>,
    pub(crate) start: NodeId,
    /// For each await, the node at which its outcome is there.
    pub(crate) resumed: Table<PointId, NodeId>,
    pub(crate) constructs: Table<ConstructId, Span>,
    /// Where each nested block begins.
    pub(crate) blocks: Table<BlockId, NodeId>,
}

/// A step of the flow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) uses: BTreeSet<LocalId>,
    /// The parts of what it uses as a whole that it does not use.
    pub(crate) spared: BTreeSet<LocalId>,
    /// The parts of locals that it may replace.
    pub(crate) writes: BTreeSet<LocalId>,
    /// What it replaces, if it does not jump.
    pub(crate) sets: BTreeSet<LocalId>,
    /// What it replaces, if it jumps.
    pub(crate) leaves: BTreeSet<LocalId>,
    /// What it gives a value on each way on which that is read.
    pub(crate) gives: BTreeSet<LocalId>,
    pub(crate) next: Vec<NodeId>,
    pub(crate) jumps: Vec<NodeId>,
    /// A word for snapshots.
    #[cfg_attr(not(test), expect(dead_code, reason = "snapshots show it"))]
    pub(crate) what: &'static str,
}

/// The nodes of a construct: all that were made after `end`, up to `entry`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) entry: NodeId,
    pub(crate) end: NodeId,
}

impl Graph {
    /// The same graph, where who uses a local uses its parts too, and who uses
    /// a part uses what it lies in: what is live there is needed in any way.
    pub(crate) fn by_parts(&self, plain: &Plain) -> Self {
        let parts = plain.parts();
        let mut graph = self.clone();
        let ids: Vec<NodeId> = graph.nodes.ids().collect();
        for id in ids {
            let Node { uses, spared, .. } = &mut graph.nodes[id];
            let is_spared = |part: LocalId| {
                let mut spared = spared.iter();
                spared.any(|spared| *spared == part || plain.is_inside(part, *spared))
            };
            let meets = |part: LocalId| {
                uses.iter().any(|used| {
                    plain.is_inside(part, *used) && !is_spared(part) || plain.is_inside(*used, part)
                })
            };
            let met: Vec<LocalId> = parts.iter().copied().filter(|part| meets(*part)).collect();
            uses.extend(met);
        }
        graph
    }

    /// The same graph, where who replaces a part of one of `wholes` needs the
    /// whole to put it into.
    pub(crate) fn with_wholes(&self, plain: &Plain, wholes: &BTreeSet<LocalId>) -> Self {
        let mut graph = self.clone();
        let ids: Vec<NodeId> = graph.nodes.ids().collect();
        for id in ids {
            let node = &mut graph.nodes[id];
            let sets = node.sets.iter().map(|set| plain.root(*set));
            let sets = sets.filter(|root| !node.sets.contains(root));
            let writes = node.writes.iter().map(|part| plain.root(*part));
            let into = sets.chain(writes);
            let into = into.filter(|root| wholes.contains(root) && !node.gives.contains(root));
            let into: Vec<LocalId> = into.collect();
            node.uses.extend(into);
        }
        graph
    }

    /// Whether some way from an await inside `construct` leads to its end
    /// without leaving it: then its end must be a state of its own.
    pub(crate) fn joins(&self, construct: ConstructId) -> bool {
        let Span { entry, end } = self.constructs[construct];
        let inside = |node: NodeId| node > end && node <= entry;
        let mut open: Vec<NodeId> = self
            .resumed
            .iter()
            .map(|(_, node)| *node)
            .filter(|node| inside(*node))
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(node) = open.pop() {
            if node == end {
                return true;
            }
            if inside(node) && seen.insert(node) {
                let row = &self.nodes[node];
                open.extend(row.next.iter().chain(&row.jumps));
            }
        }
        false
    }
}

/// Builds the graph.
pub(crate) fn build(plain: &Plain) -> Graph {
    build::graph(plain)
}
