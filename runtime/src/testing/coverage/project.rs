//! Steps between waits, laid onto the edges of a flow's graph.
//!
//! In: a graph, and from where to where a flow went without waiting between. Out: the
//! edges that it surely took, and those that it may have taken.

use std::collections::BTreeSet;

use super::Taken;
use super::steps::{Place, Step};
use crate::graph::{Graph, Node};

/// A graph by numbers.
pub(super) struct Map<'g> {
    graph: &'g Graph,
    ways: Vec<(usize, usize)>,
    /// The nodes that a flow passes without waiting there.
    passed: BTreeSet<usize>,
}

impl<'g> Map<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let ways: Vec<_> = graph.ends().collect();
        // The flow waits for the operands of a fork, and not for the fork.
        let forks = graph.edges().zip(&ways);
        let forks = forks.filter(|(edge, _)| edge.is_operand);
        let mut passed: BTreeSet<usize> = forks.map(|(_, (from, _))| *from).collect();
        let nodes = graph.nodes().iter().enumerate();
        let plain = nodes.filter(|(_, node)| matches!(node, Node::Loop { .. } | Node::Meeting));
        passed.extend(plain.map(|(number, _)| number));
        Self {
            graph,
            ways,
            passed,
        }
    }

    /// The node of a place.
    pub(super) fn node(&self, place: &Place) -> Option<usize> {
        let mut nodes = self.graph.nodes().iter();
        nodes.position(|node| match (node, place) {
            (Node::Start, Place::Start) | (Node::End, Place::End) => true,
            (Node::State(site), Place::State(label)) => site.label == label,
            _ => false,
        })
    }

    /// The edges that a step took or may have taken; none when no path of the graph leads
    /// there.
    pub(super) fn lay(&self, step: &Step) -> Vec<(usize, Taken)> {
        let (Some(from), Some(to)) = (self.node(&step.from), self.node(&step.to)) else {
            return Vec::new();
        };
        let ahead = self.from(from, None).into_iter();
        let leading = ahead.filter(|way| {
            let end = self.ways.get(*way).map(|(_, end)| *end);
            let on = end.filter(|end| self.passed.contains(end));
            end == Some(to) || on.is_some_and(|end| self.leads(end, to, None))
        });
        let laid = leading.map(|way| {
            let elsewhere = self.leads(from, to, Some(way));
            (
                way,
                if elsewhere {
                    Taken::Perhaps
                } else {
                    Taken::Surely
                },
            )
        });
        laid.collect()
    }

    fn leads(&self, from: usize, to: usize, without: Option<usize>) -> bool {
        let ahead = self.from(from, without);
        let mut ways = ahead.iter().filter_map(|way| self.ways.get(*way));
        ways.any(|(_, end)| *end == to)
    }

    /// All edges that can be taken from a node on without waiting, but for one.
    fn from(&self, from: usize, without: Option<usize>) -> BTreeSet<usize> {
        let (mut found, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(node) = open.pop() {
            for (way, (begin, end)) in self.ways.iter().enumerate() {
                let is_new = *begin == node && Some(way) != without && found.insert(way);
                if is_new && self.passed.contains(end) {
                    open.push(*end);
                }
            }
        }
        found
    }
}
