//! What is drawn of every flow of these tests.

use std::collections::BTreeSet;

use flowstone::__private::{Registration, inventory};
use flowstone::graph::{Graph, Node};
use flowstone::machine::Shape;

/// Of all of them: some have one name, and could not be run by one engine.
fn shapes() -> impl Iterator<Item = &'static Shape> {
    let all = inventory::iter::<Registration>.into_iter();
    all.filter_map(|registration| match registration {
        Registration::Flow(flow) => Some(flow.shape),
        Registration::Shape(shape) => Some(*shape),
        Registration::Action(_) => None,
    })
}

/// Each state is drawn once, and each place is one to which something leads.
#[test]
fn all_states_are_drawn() {
    assert!(shapes().count() > 300, "these tests have many flows");
    for shape in shapes() {
        let graph = Graph::of(shape);
        let drawn: Vec<&str> = graph
            .nodes()
            .iter()
            .filter_map(|node| match node {
                Node::State(site) => Some(site.label),
                _ => None,
            })
            .collect();
        let labels: BTreeSet<&str> = drawn.iter().copied().collect();
        assert_eq!(labels.len(), drawn.len(), "{}: {drawn:?}", graph.flow());
        for site in shape.states {
            assert!(
                labels.contains(site.label),
                "{}: {} {:?}\n{}",
                graph.flow(),
                site.label,
                (site.file, site.line, site.column),
                graph.to_dot()
            );
        }
        for node in graph.nodes() {
            let is_entered = graph.edges().any(|edge| std::ptr::eq(edge.to, node));
            let may_be_bare = matches!(node, Node::Start | Node::End);
            assert!(
                is_entered || may_be_bare,
                "{}: {node}\n{}",
                graph.flow(),
                graph.to_dot()
            );
        }
    }
}

/// The number of edges grows with the flow, not with the ways through it.
#[test]
fn edges_are_few() {
    for graph in shapes().map(Graph::of) {
        let (edges, nodes) = (graph.edges().count(), graph.nodes().len());
        assert!(
            edges <= 6 * nodes,
            "{}: {edges} edges, {nodes} nodes",
            graph.flow()
        );
    }
}

/// Every flow has a picture of all of it.
#[test]
fn all_are_pictures() {
    for graph in shapes().map(Graph::of) {
        let svg = graph.to_svg();
        assert_eq!(svg.matches("<rect").count(), graph.nodes().len(), "{svg}");
        let edges = svg.matches("marker-end").count();
        assert_eq!(edges, graph.edges().count(), "{svg}");
    }
}
