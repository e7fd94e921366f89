//! From a machine to all that it reaches.
//!
//! In: the graph, a flow's machine, the rules. Out: each way to something that
//! a flow must not reach. The walk is breadth first, so that the way to each
//! function that is a caller of it is the shortest.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::error::AuditError;
use crate::graph::{Graph, Node};
use crate::names;
use crate::objects::{Reference, Target};
use crate::rules::{self, Cut, Cuts, Deny, Verdict};

/// A way from a machine to what it must not reach.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) denied: &'static Deny,
    /// The sections on the way, each with the place in it that leads on.
    pub(crate) steps: Vec<(Node, u64)>,
    /// The path of what is reached.
    pub(crate) leaf: String,
}

/// Walks; keeps what it learns of sections and symbols from flow to flow.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    known: HashMap<String, Rc<Known>>,
    left: HashMap<Node, Rc<[Step]>>,
    cuts: Cuts,
}

/// What is known of a symbol.
#[derive(Debug)]
struct Known {
    path: String,
    plain: String,
    verdict: Verdict,
}

/// A reference that matters, and the place that makes it.
#[derive(Debug)]
struct Step {
    offset: u64,
    to: Goal,
}

/// Where a reference leads.
#[derive(Debug)]
enum Goal {
    /// On.
    Section(Node),
    /// To what a flow must not reach, of this path.
    Denied(&'static Deny, String),
}

impl Walker {
    /// One for which these cut points hold.
    pub(crate) fn new(cuts: Cuts) -> Self {
        Self {
            cuts,
            ..Self::default()
        }
    }

    /// All ways from `machine`. The machines of flows are walked on their own.
    pub(crate) fn walk(
        &mut self,
        graph: &mut Graph,
        machine: Node,
        machines: &HashSet<Node>,
    ) -> Result<Vec<Way>, AuditError> {
        let mut parents = HashMap::from([(machine, None)]);
        let mut queue = VecDeque::from([machine]);
        let mut found = Vec::new();
        while let Some(node) = queue.pop_front() {
            for step in self.steps(graph, node)?.iter() {
                let from = (node, step.offset);
                match &step.to {
                    Goal::Denied(denied, leaf) => found.push(Way {
                        denied,
                        steps: way(&parents, from),
                        leaf: leaf.clone(),
                    }),
                    Goal::Section(to) if machines.contains(to) => {}
                    Goal::Section(to) => {
                        if let Entry::Vacant(parent) = parents.entry(*to) {
                            parent.insert(Some(from));
                            queue.push_back(*to);
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    /// The path of a section's first symbol.
    pub(crate) fn path(&mut self, graph: &Graph, node: Node) -> Option<String> {
        let symbol = graph.section(node)?.name.clone()?;
        Some(self.known(&symbol).path.clone())
    }

    fn known(&mut self, symbol: &str) -> Rc<Known> {
        if let Some(known) = self.known.get(symbol) {
            return Rc::clone(known);
        }
        let path = names::path(symbol);
        let plain = names::plain(&path);
        let verdict = rules::judge(&path, &plain, self.cuts);
        let known = Rc::new(Known {
            path,
            plain,
            verdict,
        });
        self.known.insert(symbol.to_owned(), Rc::clone(&known));
        known
    }

    /// The references of a section that matter.
    fn steps(&mut self, graph: &mut Graph, node: Node) -> Result<Rc<[Step]>, AuditError> {
        if let Some(steps) = self.left.get(&node) {
            return Ok(Rc::clone(steps));
        }
        let from = graph.section(node).and_then(|section| section.name.clone());
        let cuts = from.map(|from| rules::cuts_from(&self.known(&from).plain, self.cuts));
        let cuts = cuts.unwrap_or_default();
        let references = graph.references(node).iter();
        let references: Vec<(u64, Target)> = references
            .map(|Reference { offset, target, .. }| (*offset, target.clone()))
            .collect();
        let mut steps = Vec::new();
        for (offset, target) in references {
            let goal = self.goal(graph, node, &target, &cuts)?;
            steps.extend(goal.map(|to| Step { offset, to }));
        }
        let steps: Rc<[Step]> = steps.into();
        self.left.insert(node, Rc::clone(&steps));
        Ok(steps)
    }

    /// Where a reference leads, unless a walk ends there without a finding.
    fn goal(
        &mut self,
        graph: &mut Graph,
        from: Node,
        target: &Target,
        cuts: &[&Cut],
    ) -> Result<Option<Goal>, AuditError> {
        let known = symbol(graph, from, target).map(|symbol| self.known(&symbol));
        let path = known.as_ref().map_or("", |known| known.path.as_str());
        if let Some(known) = &known {
            if cuts.iter().any(|cut| cut.fits_to(&known.plain)) {
                return Ok(None);
            }
            match known.verdict {
                Verdict::Cut(_) => return Ok(None),
                Verdict::Denied(denied) => return Ok(Some(Goal::Denied(denied, path.to_owned()))),
                Verdict::Unknown => {}
            }
        }
        let denied = |denied| Goal::Denied(denied, path.to_owned());
        if let Target::Symbol(_) = target
            && let Some(found) = rules::system(path)
        {
            return Ok(found.map(denied));
        }
        let Some(to) = graph.resolve(from, target)? else {
            return Ok(rules::leaf(path).map(denied));
        };
        let section = graph.section(to);
        Ok(Some(
            if section.is_some_and(|section| section.is_writable) {
                Goal::Denied(&rules::STATE, path.to_owned())
            } else {
                Goal::Section(to)
            },
        ))
    }
}

/// The symbol that is referred to.
fn symbol(graph: &Graph, from: Node, target: &Target) -> Option<String> {
    match target {
        Target::Symbol(name) => Some(name.to_string()),
        Target::Here(_) => graph.section(graph.resolved(from, target)?)?.name.clone(),
    }
}

/// The way that led to a place.
fn way(parents: &HashMap<Node, Option<(Node, u64)>>, last: (Node, u64)) -> Vec<(Node, u64)> {
    let mut steps = vec![last];
    let mut node = last.0;
    while let Some(Some(parent)) = parents.get(&node) {
        steps.push(*parent);
        node = parent.0;
    }
    steps.reverse();
    steps
}
