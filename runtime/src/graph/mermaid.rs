//! The graph as a flowchart of Mermaid.

use std::fmt::Write;

use super::{Graph, Node};

pub(super) fn chart(graph: &Graph) -> String {
    let mut chart = String::from("flowchart TD\n");
    for (at, node) in graph.nodes.iter().enumerate() {
        let text = text(node);
        let shape = match node {
            Node::Start | Node::End => format!("([\"{text}\"])"),
            Node::State(_) => format!("[\"{text}\"]"),
            Node::Loop { .. } => format!("{{{{\"{text}\"}}}}"),
            Node::Meeting => "(( ))".to_owned(),
        };
        line(&mut chart, &format!("n{at}{shape}"));
    }
    for way in &graph.ways {
        let arrow = if way.when.is_empty() {
            "-->".to_owned()
        } else {
            format!("-- \"{}\" -->", escaped(way.when))
        };
        line(&mut chart, &format!("n{} {arrow} n{}", way.from, way.to));
    }
    if !graph.standing.is_empty() {
        line(&mut chart, "classDef standing fill:#fd6,stroke-width:3px");
        for at in &graph.standing {
            line(&mut chart, &format!("class n{at} standing"));
        }
    }
    chart
}

fn line(chart: &mut String, line: &str) {
    writeln!(chart, "    {line}").expect("a String takes all text");
}

fn text(node: &Node) -> String {
    match node.text() {
        (name, Some(line)) => format!("{}<br/>line {line}", escaped(name)),
        (name, None) => escaped(name),
    }
}

/// Text between quotes, with what Mermaid would read as its own written as an entity.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '#' | '"' | '<' | '>' | '&' | '`' | '\\' => {
                write!(escaped, "#{};", u32::from(c)).expect("a String takes all text");
            }
            c => escaped.push(c),
        }
    }
    escaped
}
