//! What an audit found, for people and for programs.
//!
//! In: the ways that the walk found. Out: findings with places in source, each
//! told once, and the groups that flows allow themselves. How they are written
//! is for `human` and `json`.

mod human;
mod json;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::graph::{Graph, Node};
use crate::lines::{Lines, Location};
use crate::names;
use crate::roots::{Allow, AuditedFlow, Root};
use crate::rules::Group;
use crate::walk::{Walker, Way};

/// What an audit found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Report {
    /// All flows, in the order of their names.
    pub flows: Vec<AuditedFlow>,
    /// Generic flows that the program uses for no types: they were not compiled,
    /// and not checked.
    pub unchecked: Vec<AuditedFlow>,
    /// What flows reach and must not.
    pub findings: Vec<Finding>,
    /// What flows allow themselves.
    pub allowances: Vec<Allowance>,
    /// How many objects were read.
    pub objects: usize,
    root: PathBuf,
}

/// Something that a flow reaches and must not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// The flow.
    pub flow: AuditedFlow,
    /// The id of its group, as in refusals of `#[flow]`.
    pub group: &'static str,
    /// What is reached.
    pub leaf: String,
    /// The way to it: the flow, and the functions that call each other.
    pub path: Vec<Frame>,
}

/// A function on the way, and the place in it that leads on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Frame {
    /// The path of the function.
    pub function: String,
    /// Where it goes on from there; nothing without debug information.
    pub location: Option<Location>,
}

/// A group that a flow may use.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowance {
    /// The flow.
    pub flow: AuditedFlow,
    /// The group, and why.
    pub allow: Allow,
    /// What it silences. An allowance that silences nothing can go.
    pub silenced: Vec<Finding>,
}

impl Report {
    /// Whether no flow reaches what it must not.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Finding {
    /// What is known of its group.
    #[must_use]
    pub fn group(&self) -> Option<&'static Group> {
        let mut groups = crate::rules::GROUPS.iter();
        groups.find(|group| group.id == self.group).copied()
    }

    /// The place in the flow that leads to it.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.path.first()?.location.as_ref()
    }
}

/// Makes a report, flow by flow.
#[derive(Debug)]
pub(crate) struct Reporter {
    report: Report,
    lines: HashMap<usize, Lines>,
}

impl Reporter {
    pub(crate) fn new(root: PathBuf) -> Self {
        let report = Report {
            root,
            ..Report::default()
        };
        Self {
            report,
            lines: HashMap::new(),
        }
    }

    /// Adds a flow and what it reaches.
    pub(crate) fn flow(&mut self, graph: &Graph, walker: &mut Walker, root: Root, ways: Vec<Way>) {
        let Root {
            flow,
            allows,
            machines,
        } = root;
        if machines.is_empty() {
            self.report.unchecked.push(flow.clone());
        }
        let findings = ways
            .into_iter()
            .map(|way| self.finding(graph, walker, &flow, way));
        let findings = told_once(findings.collect());
        let allowed = |finding: &Finding| allows.iter().any(|allow| allow.group == finding.group);
        let (silenced, findings): (Vec<_>, Vec<_>) = findings.into_iter().partition(allowed);
        self.report.findings.extend(findings);
        for allow in allows {
            let silenced = silenced
                .iter()
                .filter(|finding| finding.group == allow.group);
            let silenced = silenced.cloned().collect();
            self.report.allowances.push(Allowance {
                flow: flow.clone(),
                allow,
                silenced,
            });
        }
        self.report.flows.push(flow);
    }

    pub(crate) fn finish(mut self, graph: &Graph) -> Report {
        self.report.objects = graph.objects();
        self.report
    }

    fn finding(
        &mut self,
        graph: &Graph,
        walker: &mut Walker,
        flow: &AuditedFlow,
        way: Way,
    ) -> Finding {
        let steps = way.steps.into_iter();
        let path = steps.filter_map(|(node, offset)| {
            // Vtables and constants have no names that say anything.
            let function = walker.path(graph, node)?;
            let location = self.location(graph, node, offset);
            let is_code = location.is_some() || !function.starts_with(".L");
            is_code.then_some(Frame { function, location })
        });
        let mut path: Vec<Frame> = path.collect();
        // What is before the user's own code in the machine is the same for all.
        let own = path.iter().rposition(|frame| is_own(&frame.function));
        path.drain(..own.unwrap_or(0));
        if let (Some(first), Some(_)) = (path.first_mut(), own) {
            first.function.clone_from(&flow.name);
        }
        Finding {
            flow: flow.clone(),
            group: way.denied.group.id,
            path,
            leaf: item(&way.leaf),
        }
    }

    fn location(&mut self, graph: &Graph, node: Node, offset: u64) -> Option<Location> {
        let unit = graph.unit(node)?;
        let lines = self
            .lines
            .entry(node.unit)
            .or_insert_with(|| Lines::read(unit));
        let mut location = lines.at(node.section, offset)?;
        location.file = self.shown(&location.file);
        Some(location)
    }

    /// A file as it is shown: of the workspace, of std, or with its whole path.
    fn shown(&self, file: &str) -> String {
        if let Ok(inside) = Path::new(file).strip_prefix(&self.report.root) {
            return inside.to_string_lossy().into_owned();
        }
        let std = file
            .strip_prefix("/rustc/")
            .and_then(|file| file.split_once("/library/"));
        std.map_or_else(|| file.to_owned(), |(_, file)| format!("<std>/{file}"))
    }
}

/// Whether a function is part of a machine: the user's own code between two awaits.
fn is_own(path: &str) -> bool {
    path.contains("machine::Machine") && names::plain(path).contains("::resume")
}

/// The function or static that `path` is in, without its closures.
fn item(path: &str) -> String {
    let plain = names::plain(path);
    let item = plain.split("::{").next();
    item.unwrap_or(&plain).to_owned()
}

/// Of findings of one group that come by the same places of the user's own
/// source, the one with the shortest way.
fn told_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.path.len());
    let mut told = BTreeSet::new();
    findings.retain(|finding| {
        let own = finding
            .path
            .iter()
            .filter_map(|frame| frame.location.as_ref());
        let own: Vec<(String, u32)> = own
            .filter(|place| !place.file.starts_with(['/', '<']))
            .map(|place| (place.file.clone(), place.line))
            .collect();
        told.insert((finding.group, own))
    });
    findings.sort();
    findings
}
