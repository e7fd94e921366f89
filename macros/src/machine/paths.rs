//! Where the entries of a flow lie in the tree of its statements.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use crate::ids::{BlockId, ConstructId};
use crate::model::{Block, Otherwise, Stmt};

/// The way to each entry: in each block the number of a statement, and which
/// of its blocks to go on in.
pub(super) struct Paths {
    at: Vec<Step>,
    /// The constructs behind whose end nothing comes but the next round of a
    /// loop: their end need not be a state.
    pub(super) last_in_round: BTreeSet<ConstructId>,
    /// Whether that holds at the end of the block at hand.
    round_ends: bool,
    pub(super) found: Vec<(Entry, Vec<Step>)>,
    /// The blocks around the statement at hand, innermost last.
    within: Vec<BlockId>,
    /// For each entry inside of nested blocks those blocks, innermost last.
    pub(super) nested: BTreeMap<Entry, Vec<BlockId>>,
}

/// A statement on the way, and which of its blocks to go on in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) stmt: usize,
    pub(super) inner: usize,
}

impl Paths {
    /// The ways to all entries of `body`.
    pub(super) fn of(body: &Block) -> Self {
        let mut paths = Self {
            at: Vec::new(),
            last_in_round: BTreeSet::new(),
            round_ends: false,
            found: Vec::new(),
            within: Vec::new(),
            nested: BTreeMap::new(),
        };
        paths.block(body);
        paths
    }

    pub(super) fn to(&self, entry: Entry) -> &[Step] {
        let found = self.found.iter().find(|(known, _)| *known == entry);
        found.map_or(&[], |(_, path)| path)
    }

    fn block(&mut self, block: &Block) {
        let round_ends = self.round_ends;
        for (stmt, row) in block.stmts.iter().enumerate() {
            self.round_ends = round_ends && stmt + 1 == block.stmts.len();
            self.at.push(Step { stmt, inner: 0 });
            self.stmt(row);
            self.at.pop();
        }
        self.round_ends = round_ends;
    }

    /// Notes the end of a construct.
    fn end(&mut self, construct: ConstructId) {
        if self.round_ends {
            self.last_in_round.insert(construct);
        }
        self.note(Entry::Join(construct));
    }

    fn note(&mut self, entry: Entry) {
        self.found.push((entry, self.at.clone()));
        if !self.within.is_empty() {
            self.nested.insert(entry, self.within.clone());
        }
    }

    fn inner(&mut self, inner: usize, block: &Block) {
        if let Some(step) = self.at.last_mut() {
            step.inner = inner;
        }
        self.block(block);
        if let Some(step) = self.at.last_mut() {
            step.inner = 0;
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Items(_)
            | Stmt::Run { .. }
            | Stmt::Assign { .. }
            | Stmt::Return { .. }
            | Stmt::Jump(_) => {}
            Stmt::Await { point, .. } => self.note(Entry::Resume(*point)),
            Stmt::Fork(fork) => {
                self.note(Entry::Resume(fork.point));
                let outer = std::mem::replace(&mut self.round_ends, false);
                for (at, id, block) in fork.blocks() {
                    self.within.push(id);
                    if let Some(step) = self.at.last_mut() {
                        step.inner = at;
                    }
                    self.note(Entry::Block(id));
                    self.inner(at, block);
                    self.within.pop();
                }
                self.round_ends = outer;
            }
            Stmt::Bind(bind) => {
                if let Some(Otherwise::Block(block)) = &bind.otherwise {
                    self.round_ends = false;
                    self.inner(0, block);
                }
            }
            Stmt::Scope(block) => self.inner(0, block),
            Stmt::If(branch) => {
                self.inner(0, &branch.then);
                if let Some(otherwise) = &branch.otherwise {
                    self.inner(1, otherwise);
                }
                self.end(branch.construct);
            }
            Stmt::Match(matched) => {
                for (index, arm) in matched.arms.iter().enumerate() {
                    self.inner(index, &arm.body);
                }
                self.end(matched.construct);
            }
            Stmt::Loop(looped) => {
                self.note(Entry::Head(looped.construct));
                let outer = std::mem::replace(&mut self.round_ends, true);
                self.inner(0, &looped.body);
                self.round_ends = outer;
                self.note(Entry::Join(looped.construct));
            }
            Stmt::Labelled(labelled) => {
                self.inner(0, &labelled.body);
                self.end(labelled.construct);
            }
        }
    }
}
