//! The flows of a program: where the walk begins.
//!
//! In: the sections of the objects that may have flows. Out: each flow with its
//! place, what it allows itself, and its machines. `#[flow]` leaves a mark: a
//! static with a text about the flow and a reference to the machine's shape,
//! which the function that runs the machine refers to as well.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::graph::{Graph, Node};
use crate::names;

/// What the text of a mark begins with, and what ends it and its parts.
const START: &str = "\u{1e}flowstone-audit/1\u{1f}";
const END: char = '\u{1e}';
const PART: char = '\u{1f}';

/// A flow, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AuditedFlow {
    /// The name under which it is stored.
    pub name: String,
    /// Its file, as rustc was given it.
    pub file: String,
    /// The line of its name.
    pub line: u32,
}

/// A group that a flow may use, by `#[flow(allow(group, reason = ".."))]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Allow {
    /// The group.
    pub group: String,
    /// Why it may.
    pub reason: String,
}

/// A flow, what it allows itself, and the functions that run it: one, or one for
/// each choice of types. A generic flow may have none.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) flow: AuditedFlow,
    pub(crate) allows: Vec<Allow>,
    pub(crate) machines: Vec<Node>,
}

/// All flows. One that was compiled twice, for the library and for its tests,
/// is one flow.
pub(crate) fn find(graph: &Graph) -> Vec<Root> {
    let mut shapes: BTreeMap<Node, AuditedFlow> = BTreeMap::new();
    let mut roots: BTreeMap<AuditedFlow, Root> = BTreeMap::new();
    for (node, section) in graph.suspects() {
        if !section.names().any(|name| name.contains("7AUDITED")) {
            continue;
        }
        let targets = section.references.iter();
        let targets: Vec<(Node, u64)> = targets
            .filter_map(|reference| {
                Some((graph.resolved(node, &reference.target)?, reference.addend))
            })
            .collect();
        let [(text, at), (shape, _)] = targets[..] else {
            continue;
        };
        if let Some((flow, allows)) = mark(graph, text, at) {
            shapes.insert(shape, flow.clone());
            let root = Root {
                flow: flow.clone(),
                allows,
                machines: Vec::new(),
            };
            roots.entry(flow).or_insert(root);
        }
    }
    for (node, section) in graph.suspects() {
        if !section.names().any(is_machine) {
            continue;
        }
        let mut targets = section.references.iter();
        let flow =
            targets.find_map(|reference| shapes.get(&graph.resolved(node, &reference.target)?));
        if let Some(root) = flow.and_then(|flow| roots.get_mut(flow)) {
            root.machines.push(node);
        }
    }
    roots.into_values().collect()
}

/// Whether a symbol is that of the function that runs a machine.
fn is_machine(symbol: &str) -> bool {
    symbol.contains("6resume") && {
        let path = names::path(symbol);
        path.ends_with("::resume") && path.contains("Machine")
    }
}

/// The text of a mark.
fn mark(graph: &Graph, node: Node, at: u64) -> Option<(AuditedFlow, Vec<Allow>)> {
    let unit = graph.unit(node)?;
    let bytes = unit.data(node.section)?;
    let bytes = bytes.get(usize::try_from(at).ok()?..)?;
    let text = bytes.strip_prefix(START.as_bytes())?;
    let end = text.iter().position(|byte| *byte == END as u8)?;
    let text = String::from_utf8_lossy(text.get(..end)?);
    let mut parts = text.split(PART);
    let flow = AuditedFlow {
        name: parts.next()?.to_owned(),
        file: parts.next()?.to_owned(),
        line: parts.next()?.parse().ok()?,
    };
    let mut allows = Vec::new();
    while let (Some(group), Some(reason)) = (parts.next(), parts.next()) {
        allows.push(Allow {
            group: group.to_owned(),
            reason: reason.to_owned(),
        });
    }
    Some((flow, allows))
}
