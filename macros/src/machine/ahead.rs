//! Locals that the text of a state names ahead of code which stands before it in
//! the source, and may say of which type they are.
//!
//! ```text
//! let mut last = None;
//! if a { last = look(k).await } else if let Some(l) = &last { l.len(); }
//! start:    if a { wait look } else if let Some(l) = &last { l.len(); }
//! resume:   last = ..
//! ```
//!
//! rustc infers types in the order of the text: for such locals the outline, which
//! has the order of the source, comes first.

use std::collections::BTreeSet;

use super::{Machine, exits};
use crate::graph::Graph;
use crate::ids::{ConstructId, LocalId};
use crate::model::{
    Block, Branch, Code, Cond, Fork, Labelled, Match, OperandKind, Otherwise, Plain, Stmt,
};

/// The locals that are named too early, of those whose first value does not say
/// all of their type.
pub(super) fn found(plain: &Plain, graph: &Graph) -> BTreeSet<LocalId> {
    if plain.vague.is_empty() {
        return BTreeSet::new();
    }
    let mut finder = Finder {
        plain,
        graph,
        later: BTreeSet::new(),
        found: BTreeSet::new(),
    };
    finder.block(&plain.body);
    finder.found
}

/// The locals that some state gives a value by itself and hands to no other, while a
/// later one names them: nothing else carries their type.
pub(super) fn dropped(machine: &Machine<'_>) -> BTreeSet<LocalId> {
    let vague = &machine.plain.vague;
    let mut found = BTreeSet::new();
    let mut open = BTreeSet::new();
    for id in &machine.order {
        let state = &machine.states[*id];
        found.extend(open.intersection(&state.mentions).copied());
        let own = state.mentions.intersection(vague);
        let own = own.filter(|local| !state.live.contains(local));
        let mut own: BTreeSet<LocalId> = own.copied().collect();
        exits(&state.code, &mut |entry| {
            let kept = &machine.states[machine.id(entry)].kept;
            own.retain(|local| !kept.contains(local));
        });
        open.extend(own);
    }
    found
}

struct Finder<'a> {
    plain: &'a Plain,
    graph: &'a Graph,
    /// What is named before in the source, but later in the text.
    later: BTreeSet<LocalId>,
    found: BTreeSet<LocalId>,
}

/// What some code names, and whether it waits: then more of it is in later states.
#[derive(Default)]
struct Seen {
    named: BTreeSet<LocalId>,
    waits: bool,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.named.extend(other.named);
        self.waits |= other.waits;
    }
}

/// A way through a construct: what it tests first, and its block.
type Way<'a> = (Option<&'a Code>, &'a Block);

impl<'a> Finder<'a> {
    fn block(&mut self, block: &'a Block) -> Seen {
        let mut seen = Seen::default();
        for stmt in &block.stmts {
            seen.add(self.stmt(stmt));
        }
        seen
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Seen {
        match stmt {
            Stmt::Items(_) | Stmt::Jump(_) => Seen::default(),
            Stmt::Return { value } => self.code(value),
            Stmt::Run { code, sets } => {
                let mut seen = self.code(code);
                seen.named
                    .extend(sets.iter().map(|set| self.plain.root(*set)));
                seen
            }
            Stmt::Assign { to, value } => {
                let mut seen = self.code(value);
                seen.named.insert(*to);
                seen
            }
            Stmt::Bind(bind) => {
                let mut seen = Seen::default();
                seen.add(
                    bind.init
                        .as_ref()
                        .map_or_else(Seen::default, |init| self.code(init)),
                );
                seen.add(match &bind.otherwise {
                    None => Seen::default(),
                    Some(Otherwise::Code(code)) => self.code(code),
                    Some(Otherwise::Block(block)) => self.ways(&[(None, block)]),
                });
                seen
            }
            Stmt::Await { into, op, .. } => {
                let seen = self.code(op);
                self.wait(seen, *into)
            }
            Stmt::Fork(fork) => {
                let seen = self.operands(fork);
                self.wait(seen, fork.into)
            }
            Stmt::Scope(block) => self.block(block),
            Stmt::If(branch) => self.branch(branch),
            Stmt::Match(matched) => self.matched(matched),
            Stmt::Loop(looped) => {
                self.later.clear();
                let body = self.block(&looped.body);
                self.later.clear();
                body
            }
            Stmt::Labelled(Labelled { construct, body }) => {
                let seen = self.block(body);
                self.end(*construct);
                seen
            }
        }
    }

    /// Code of the state at hand.
    fn code(&mut self, code: &Code) -> Seen {
        let mut named = BTreeSet::new();
        let mut open: Vec<LocalId> = code.uses.union(&code.writes).copied().collect();
        while let Some(local) = open.pop() {
            let root = self.plain.root(local);
            if named.insert(root) {
                let from = self.plain.locals[root].derived_from.iter().flatten();
                open.extend(from);
            }
        }
        let early = named.intersection(&self.later);
        self.found
            .extend(early.filter(|local| self.plain.vague.contains(local)));
        named.extend(code.assigns.iter().map(|set| self.plain.root(*set)));
        Seen {
            named,
            waits: false,
        }
    }

    /// What follows an await is a state of its own, behind all that came before.
    fn wait(&mut self, mut seen: Seen, into: LocalId) -> Seen {
        self.later.clear();
        seen.named.insert(into);
        seen.waits = true;
        seen
    }

    fn operands(&mut self, fork: &'a Fork) -> Seen {
        let mut seen = Seen::default();
        for operand in &fork.operands {
            seen.add(match &operand.kind {
                OperandKind::Op(code) => self.code(code),
                OperandKind::Block(_, block) => {
                    // It begins as a state of its own.
                    let later = std::mem::take(&mut self.later);
                    let block = self.block(block);
                    self.later = later;
                    self.later.extend(&block.named);
                    block
                }
            });
        }
        seen
    }

    fn branch(&mut self, branch: &'a Branch) -> Seen {
        let mut seen = Seen::default();
        for cond in &branch.conds {
            seen.add(self.code(match cond {
                Cond::Test(code) => code,
                Cond::Let(bound) => &bound.value,
            }));
        }
        let otherwise = branch.otherwise.iter().map(|block| (None, block));
        let ways: Vec<Way<'_>> = [(None, &branch.then)]
            .into_iter()
            .chain(otherwise)
            .collect();
        seen.add(self.ways(&ways));
        self.end(branch.construct);
        seen
    }

    fn matched(&mut self, matched: &'a Match) -> Seen {
        let mut seen = self.code(&matched.scrutinee);
        let arms = matched.arms.iter();
        let ways: Vec<Way<'_>> = arms.map(|arm| (arm.guard.as_ref(), &arm.body)).collect();
        seen.add(self.ways(&ways));
        self.end(matched.construct);
        seen
    }

    /// Ways that begin in one state: behind the first await of one stands what the
    /// next ones are ahead of.
    fn ways(&mut self, ways: &[Way<'a>]) -> Seen {
        let mut all = Seen::default();
        for (test, block) in ways {
            let later = self.later.clone();
            let mut seen = test.map_or_else(Seen::default, |test| self.code(test));
            seen.add(self.block(block));
            self.later = later;
            if seen.waits {
                self.later.extend(&seen.named);
            }
            all.add(seen);
        }
        all
    }

    /// Where ways meet that have waited, a state begins.
    fn end(&mut self, construct: ConstructId) {
        if self.graph.joins(construct) {
            self.later.clear();
        }
    }
}
