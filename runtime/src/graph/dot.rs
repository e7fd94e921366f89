//! The graph in the language of Graphviz.

use std::fmt::Write;

use super::{Graph, Node};

pub(super) fn digraph(graph: &Graph) -> String {
    let mut dot = format!("digraph {} {{\n", quoted(graph.flow));
    for (at, node) in graph.nodes.iter().enumerate() {
        let text = match node.text() {
            (name, Some(line)) => format!("{name}\nline {line}"),
            (name, None) => name.to_owned(),
        };
        let shape = match node {
            Node::Start | Node::End => "ellipse",
            Node::State(_) => "box",
            Node::Loop { .. } => "hexagon",
            Node::Meeting => "point",
        };
        let filled = graph.standing.contains(&at);
        let filled = if filled {
            ", style=filled, fillcolor=gold"
        } else {
            ""
        };
        let label = quoted(&text);
        line(
            &mut dot,
            &format!("n{at} [shape={shape}, label={label}{filled}];"),
        );
    }
    for way in &graph.ways {
        let label = if way.when.is_empty() {
            String::new()
        } else {
            format!(" [label={}]", quoted(way.when))
        };
        line(&mut dot, &format!("n{} -> n{}{label};", way.from, way.to));
    }
    dot.push_str("}\n");
    dot
}

fn line(dot: &mut String, line: &str) {
    writeln!(dot, "    {line}").expect("a String takes all text");
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('\n', "\\n"))
}
