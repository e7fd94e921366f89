//! Where the entries of a flow lie in the tree of its statements.

use super::Entry;
use crate::model::{Block, Otherwise, Stmt};

/// The way to each entry: in each block the number of a statement, and which
/// of its blocks to go on in.
pub(super) struct Paths {
    at: Vec<Step>,
    pub(super) found: Vec<(Entry, Vec<Step>)>,
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
            found: Vec::new(),
        };
        paths.block(body);
        paths
    }

    pub(super) fn to(&self, entry: Entry) -> &[Step] {
        let found = self.found.iter().find(|(known, _)| *known == entry);
        found.map_or(&[], |(_, path)| path)
    }

    fn block(&mut self, block: &Block) {
        for (stmt, row) in block.stmts.iter().enumerate() {
            self.at.push(Step { stmt, inner: 0 });
            self.stmt(row);
            self.at.pop();
        }
    }

    fn note(&mut self, entry: Entry) {
        self.found.push((entry, self.at.clone()));
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
            Stmt::Run { .. } | Stmt::Assign { .. } | Stmt::Return { .. } | Stmt::Jump(_) => {}
            Stmt::Await { point, .. } => self.note(Entry::Resume(*point)),
            Stmt::Bind(bind) => {
                if let Some(Otherwise::Block(block)) = &bind.otherwise {
                    self.inner(0, block);
                }
            }
            Stmt::Scope(block) => self.inner(0, block),
            Stmt::If(branch) => {
                self.inner(0, &branch.then);
                if let Some(otherwise) = &branch.otherwise {
                    self.inner(1, otherwise);
                }
                self.note(Entry::Join(branch.construct));
            }
            Stmt::Match(matched) => {
                for (index, arm) in matched.arms.iter().enumerate() {
                    self.inner(index, &arm.body);
                }
                self.note(Entry::Join(matched.construct));
            }
            Stmt::Loop(looped) => {
                self.note(Entry::Head(looped.construct));
                self.inner(0, &looped.body);
                self.note(Entry::Join(looped.construct));
            }
            Stmt::Labelled(labelled) => {
                self.inner(0, &labelled.body);
                self.note(Entry::Join(labelled.construct));
            }
        }
    }
}
