//! Coverage as a table, and drawn on the flow's graph.

use std::fmt;

use super::{Coverage, Taken};
use crate::graph::Node;

pub(super) fn table(coverage: &Coverage, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (reached, missed) = (coverage.reached(), coverage.never_reached());
    let taken = |how| coverage.edges().filter(move |(_, taken)| *taken == how);
    writeln!(
        f,
        "`{}`: {} of {} states reached, {} of {} edges taken, {} perhaps",
        coverage.flow(),
        reached.len(),
        reached.len() + missed.len(),
        taken(Taken::Surely).count(),
        coverage.edges().count(),
        taken(Taken::Perhaps).count(),
    )?;
    for state in &reached {
        writeln!(f, "reached        {state}")?;
    }
    for state in &missed {
        writeln!(f, "never reached  {state}")?;
    }
    for (edge, taken) in coverage.edges() {
        let taken = match taken {
            Taken::Never => "never taken",
            Taken::Perhaps => "perhaps taken",
            Taken::Surely => "taken",
        };
        writeln!(f, "{taken:<15}{edge}")?;
    }
    for step in coverage.unknown() {
        writeln!(f, "{:<15}{step}", "not in graph")?;
    }
    Ok(())
}

pub(super) fn mermaid(coverage: &Coverage) -> String {
    let mut chart = coverage.graph.to_mermaid();
    let mut line = |line: String| chart.extend(["    ", &line, "\n"]);
    line("classDef reached fill:#bfb".to_owned());
    line("classDef missed fill:#fbb,stroke-dasharray:4".to_owned());
    for (number, is_reached) in states(coverage) {
        let class = if is_reached { "reached" } else { "missed" };
        line(format!("class n{number} {class}"));
    }
    for (number, taken) in coverage.ways.iter().enumerate() {
        let style = match taken {
            Taken::Never => "stroke:#d33,stroke-dasharray:4",
            Taken::Perhaps => "stroke:#c90",
            Taken::Surely => "stroke:#2a2,stroke-width:3px",
        };
        line(format!("linkStyle {number} {style}"));
    }
    chart
}

/// The graph has a line for each node and then one for each edge.
pub(super) fn dot(coverage: &Coverage) -> String {
    let dot = coverage.graph.to_dot();
    let states: Vec<_> = states(coverage).collect();
    let nodes = coverage.graph.nodes().len();
    let lines = dot.lines().enumerate().map(|(number, line)| {
        // The first opens the graph.
        let Some(node) = number.checked_sub(1) else {
            return format!("{line}\n");
        };
        let state = states.iter().find(|(number, _)| *number == node);
        let way = node.checked_sub(nodes);
        let style = match (state, way.and_then(|way| coverage.ways.get(way))) {
            (Some((_, true)), _) => "style=filled, fillcolor=palegreen",
            (Some((_, false)), _) => "style=\"filled,dashed\", fillcolor=mistyrose",
            (None, Some(Taken::Never)) => "style=dashed, color=red",
            (None, Some(Taken::Perhaps)) => "color=orange",
            (None, Some(Taken::Surely)) => "color=green, penwidth=3",
            (None, None) => return format!("{line}\n"),
        };
        styled(line, style)
    });
    lines.collect()
}

fn styled(line: &str, style: &str) -> String {
    match line.strip_suffix("];") {
        Some(line) => format!("{line}, {style}];\n"),
        None => format!("{} [{style}];\n", line.trim_end_matches(';')),
    }
}

/// The states by their numbers, and whether they were reached.
fn states(coverage: &Coverage) -> impl Iterator<Item = (usize, bool)> {
    let nodes = coverage.graph.nodes().iter().enumerate();
    let states = nodes.filter(|(_, node)| matches!(node, Node::State(_)));
    states.map(|(number, _)| (number, coverage.reached.contains(&number)))
}
