//! Reads what the macro drew: a line for each node, then one for each edge.
//!
//! ```text
//! start
//! state 0
//! loop 12 for item in items
//! 0 > 1 cents > 100
//! 1 | 2 operand 1
//! ```

use std::collections::BTreeSet;

use super::{Graph, Node, Way};
use crate::machine::Shape;

pub(super) fn graph(shape: &'static Shape) -> Graph {
    let (mut nodes, mut ways) = (Vec::new(), Vec::new());
    for line in shape.drawn.lines() {
        if let Some(node) = node(shape, line) {
            nodes.push(node);
        } else {
            ways.extend(way(line));
        }
    }
    Graph {
        flow: shape.name,
        nodes,
        ways,
        standing: BTreeSet::new(),
    }
}

fn node(shape: &'static Shape, line: &'static str) -> Option<Node> {
    let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
    match kind {
        "start" => Some(Node::Start),
        "end" => Some(Node::End),
        "meeting" => Some(Node::Meeting),
        "state" => {
            let number: usize = rest.parse().ok()?;
            shape.states.get(number).map(Node::State)
        }
        "operand" => {
            let number: usize = rest.parse().ok()?;
            shape.operands.get(number).map(Node::State)
        }
        "loop" => {
            let (line, text) = rest.split_once(' ')?;
            let line = line.parse().ok()?;
            Some(Node::Loop { line, text })
        }
        _ => None,
    }
}

fn way(line: &'static str) -> Option<Way> {
    let mut parts = line.splitn(4, ' ');
    let from = parts.next()?.parse().ok()?;
    let is_operand = parts.next()? == "|";
    let to = parts.next()?.parse().ok()?;
    let when = parts.next().unwrap_or_default();
    Some(Way {
        from,
        to,
        when,
        is_operand,
    })
}
