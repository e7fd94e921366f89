//! The graph as text, for snapshots.

use std::fmt::Write;

use super::Graph;
use crate::ids::{Id, LocalId, NodeId};
use crate::model::Plain;

/// One line for each node, from the start of the flow to its end.
pub(crate) fn pretty(graph: &Graph, plain: &Plain) -> String {
    let mut text = String::new();
    let name = |id: &LocalId| plain.locals[*id].stored.clone();
    for (id, node) in graph.nodes.iter().rev() {
        let mut line = format!("n{} {}", id.index(), node.what);
        list(&mut line, "uses", node.uses.iter().map(name));
        list(&mut line, "sets", node.sets.iter().map(name));
        list(&mut line, "->", node.next.iter().copied().map(number));
        list(&mut line, "jumps", node.jumps.iter().copied().map(number));
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn number(id: NodeId) -> String {
    format!("n{}", id.index())
}

fn list(line: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        write!(line, " {title} {}", items.join(" ")).expect("a String takes all text");
    }
}
