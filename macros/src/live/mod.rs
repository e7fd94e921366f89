//! Liveness: which locals are still needed at each node of the graph, by a
//! backward fixpoint. It knows nothing of flows.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::ids::{LocalId, NodeId, Table};

/// The locals that are needed where a node begins.
#[derive(Debug)]
pub(crate) struct Live {
    before: Table<NodeId, BTreeSet<LocalId>>,
}

impl Live {
    /// What is needed before `node`.
    pub(crate) fn before(&self, node: NodeId) -> &BTreeSet<LocalId> {
        &self.before[node]
    }

    /// What is needed after `node`, if it does not jump, and is not its own
    /// doing.
    pub(crate) fn over(&self, graph: &Graph, node: NodeId) -> BTreeSet<LocalId> {
        let row = &graph.nodes[node];
        let after = row.next.iter().flat_map(|next| &self.before[*next]);
        after
            .filter(|local| !row.sets.contains(local) && !row.gives.contains(local))
            .copied()
            .collect()
    }
}

/// Solves liveness: nodes were made from the end, so that one round in the
/// order of their making settles all but loops.
pub(crate) fn solve(graph: &Graph) -> Live {
    let mut before = Table::new();
    graph.nodes.ids().for_each(|_| {
        let _: NodeId = before.push(BTreeSet::new());
    });
    let mut live = Live { before };
    let mut changed = true;
    while changed {
        changed = false;
        for (id, node) in graph.nodes.iter() {
            let mut needed = live.over(graph, id);
            let jumps = node.jumps.iter().flat_map(|jump| &live.before[*jump]);
            let replaced =
                |local: &LocalId| node.gives.contains(local) || node.leaves.contains(local);
            needed.extend(jumps.filter(|local| !replaced(local)));
            needed.extend(&node.uses);
            if live.before[id] != needed {
                live.before[id] = needed;
                changed = true;
            }
        }
    }
    live
}
