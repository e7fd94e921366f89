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
use crate::rules::{self, Cut, Deny, Verdict};

/// A way from a machine to what it must not reach.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) denied: &'static Deny,
    /// The sections on the way, each with the place in it that leads on.
    pub(crate) steps: Vec<(Node, u64)>,
    /// The path of what is reached.
    pub(crate) leaf: String,
}

/// Walks; keeps what it learns of symbols from flow to flow.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    known: HashMap<String, Rc<Known>>,
}

/// What is known of a symbol.
#[derive(Debug)]
struct Known {
    path: String,
    plain: String,
    verdict: Verdict,
}

/// One walk.
#[derive(Debug)]
struct Walk<'a> {
    walker: &'a mut Walker,
    graph: &'a mut Graph,
    /// Machines of flows, which are walked on their own.
    machines: &'a HashSet<Node>,
    parents: HashMap<Node, Option<(Node, u64)>>,
    queue: VecDeque<Node>,
    found: Vec<Way>,
}

impl Walker {
    /// All ways from `machine`.
    pub(crate) fn walk(
        &mut self,
        graph: &mut Graph,
        machine: Node,
        machines: &HashSet<Node>,
    ) -> Result<Vec<Way>, AuditError> {
        let mut walk = Walk {
            walker: self,
            graph,
            machines,
            parents: HashMap::from([(machine, None)]),
            queue: VecDeque::from([machine]),
            found: Vec::new(),
        };
        while let Some(node) = walk.queue.pop_front() {
            walk.leave(node)?;
        }
        Ok(walk.found)
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
        let verdict = rules::judge(&path, &plain);
        let known = Rc::new(Known {
            path,
            plain,
            verdict,
        });
        self.known.insert(symbol.to_owned(), Rc::clone(&known));
        known
    }
}

impl Walk<'_> {
    /// Follows all references of `node`.
    fn leave(&mut self, node: Node) -> Result<(), AuditError> {
        let from = self
            .graph
            .section(node)
            .and_then(|section| section.name.clone());
        let cuts = from.map(|from| rules::cuts_from(&self.walker.known(&from).plain));
        let cuts = cuts.unwrap_or_default();
        let references = self.graph.references(node).iter();
        let references: Vec<(u64, Target)> = references
            .map(|Reference { offset, target, .. }| (*offset, target.clone()))
            .collect();
        for (offset, target) in references {
            self.follow((node, offset), &target, &cuts)?;
        }
        Ok(())
    }

    fn follow(
        &mut self,
        from: (Node, u64),
        target: &Target,
        cuts: &[&Cut],
    ) -> Result<(), AuditError> {
        let to = self.graph.resolved(from.0, target);
        if to.is_some_and(|to| self.parents.contains_key(&to) || self.machines.contains(&to)) {
            return Ok(());
        }
        let known = self
            .symbol(target, to)
            .map(|symbol| self.walker.known(&symbol));
        if let Some(known) = &known {
            if cuts.iter().any(|cut| cut.fits_to(&known.plain)) {
                return Ok(());
            }
            match known.verdict {
                Verdict::Cut => return Ok(()),
                Verdict::Denied(denied) => {
                    self.report(from, denied, &known.path);
                    return Ok(());
                }
                Verdict::Unknown => {}
            }
        }
        let path = known.map(|known| known.path.clone()).unwrap_or_default();
        let Some(to) = self.graph.resolve(from.0, target)? else {
            if let Some(denied) = rules::leaf(&path) {
                self.report(from, denied, &path);
            }
            return Ok(());
        };
        if self
            .graph
            .section(to)
            .is_some_and(|section| section.is_writable)
        {
            self.report(from, &rules::STATE, &path);
        } else if let Entry::Vacant(parent) = self.parents.entry(to) {
            parent.insert(Some(from));
            self.queue.push_back(to);
        }
        Ok(())
    }

    /// The symbol that is referred to.
    fn symbol(&self, target: &Target, to: Option<Node>) -> Option<String> {
        match target {
            Target::Symbol(name) => Some(name.to_string()),
            Target::Here(_) => self.graph.section(to?)?.name.clone(),
        }
    }

    fn report(&mut self, from: (Node, u64), denied: &'static Deny, leaf: &str) {
        let mut steps = vec![from];
        let mut node = from.0;
        while let Some(Some(parent)) = self.parents.get(&node) {
            steps.push(*parent);
            node = parent.0;
        }
        steps.reverse();
        self.found.push(Way {
            denied,
            steps,
            leaf: leaf.to_owned(),
        });
    }
}
