//! Walks through a flow from an entry, and collects the code that runs there:
//! the blocks around the entry are opened again, and what follows is copied
//! until the machine waits, ends, or goes to another state.

use std::collections::BTreeSet;

use super::paths::{Paths, Step};
use super::{Entry, Piece};
use crate::graph::Graph;
use crate::ids::{ConstructId, LocalId};
use crate::model::{
    Bind, Block, Branch, Code, Fork, Jump, JumpKind, Match, Otherwise, Plain, Stmt,
};

/// One walk through a flow, from an entry.
pub(super) struct Walk<'a, 'g> {
    pub(super) plain: &'a Plain,
    pub(super) graph: &'g Graph,
    pub(super) paths: &'g Paths,
    pub(super) reached: Vec<Entry>,
    pub(super) jumped: Vec<Jump>,
    pub(super) mentions: BTreeSet<LocalId>,
    pub(super) outcome: Option<LocalId>,
    pub(super) fork: Option<&'a Fork>,
    /// What is needed at the entry, by itself or in part.
    pub(super) needed: BTreeSet<LocalId>,
    /// The locals in scope at the entry, innermost last.
    pub(super) visible: Vec<LocalId>,
}

/// The code, and whether control may fall out of it.
pub(super) type Walked<'a> = (Vec<Piece<'a>>, bool);

impl<'a> Walk<'a, '_> {
    pub(super) fn see(&mut self, locals: &[LocalId]) {
        self.visible.extend(locals);
    }

    /// Whether another local of the same name is nearer to the entry.
    pub(super) fn hides(&self, local: LocalId) -> bool {
        let local = self.plain.root(local);
        let name = &self.plain.locals[local].name;
        let nearest = self
            .visible
            .iter()
            .rev()
            .find(|other| self.plain.locals[**other].name == *name);
        nearest.is_some_and(|nearest| *nearest != local)
    }

    fn mention(&mut self, code: &Code) {
        self.mentions.extend(&code.uses);
        self.mentions.extend(&code.writes);
        self.mentions.extend(&code.assigns);
        self.jumped.extend(&code.jumps);
    }

    /// Statements from their beginning; whether control may fall out of them.
    pub(super) fn stmts(&mut self, stmts: &'a [Stmt]) -> Walked<'a> {
        let mut code = Vec::new();
        for stmt in stmts {
            if !self.stmt(stmt, &mut code) {
                return (code, false);
            }
        }
        (code, true)
    }

    /// Appends the code of a statement; whether control may fall out of it.
    fn stmt(&mut self, stmt: &'a Stmt, code: &mut Vec<Piece<'a>>) -> bool {
        match stmt {
            Stmt::Items(items) => {
                code.push(Piece::Items(items));
                true
            }
            Stmt::Run { code: run, sets } => {
                self.mention(run);
                self.mentions.extend(sets.iter());
                code.push(Piece::Run(run));
                !run.diverges
            }
            Stmt::Bind(bind) => self.bind(bind, code),
            Stmt::Await { op, point, .. } => {
                self.mention(op);
                self.reached.push(Entry::Resume(*point));
                code.push(Piece::Suspend { point: *point, op });
                false
            }
            Stmt::Fork(fork) => {
                fork.ops().for_each(|op| self.mention(op));
                self.reached.push(Entry::Resume(fork.point));
                let blocks = fork.blocks().map(|(_, id, _)| Entry::Block(id));
                self.reached.extend(blocks);
                code.push(Piece::Fork(fork));
                false
            }
            Stmt::Assign { to, value } => {
                self.mention(value);
                self.mentions.insert(*to);
                code.push(Piece::Assign { to: *to, value });
                !value.diverges
            }
            Stmt::Return { value } => {
                self.mention(value);
                code.push(Piece::Return(value));
                false
            }
            Stmt::Jump(jump) => {
                self.jumped.push(*jump);
                code.push(Piece::Jump(*jump));
                false
            }
            Stmt::Scope(block) => {
                let (body, falls) = self.stmts(&block.stmts);
                code.push(Piece::Scope {
                    is_unsafe: block.is_unsafe,
                    body,
                });
                falls
            }
            Stmt::If(branch) => self.branch(branch, code),
            Stmt::Match(matched) => self.matched(matched, code),
            Stmt::Loop(looped) => self.goto(Entry::Head(looped.construct), code),
            Stmt::Labelled(labelled) => {
                let (body, falls) = self.stmts(&labelled.body.stmts);
                code.push(labelled_piece(JumpKind::Break, labelled.construct, body));
                self.after(labelled.construct, falls, code)
            }
        }
    }

    fn bind(&mut self, bind: &'a Bind, code: &mut Vec<Piece<'a>>) -> bool {
        let Some(init) = &bind.init else {
            code.push(Piece::Declare(&bind.locals));
            return true;
        };
        self.mention(init);
        let otherwise = match &bind.otherwise {
            None => None,
            Some(Otherwise::Code(otherwise)) => {
                self.mention(otherwise);
                None
            }
            Some(Otherwise::Block(block)) => Some(self.stmts(&block.stmts).0),
        };
        if !(bind.derived && bind.is_closure) {
            self.mentions.extend(&bind.locals);
        }
        code.push(Piece::Bind { bind, otherwise });
        !bind.diverges()
    }

    fn branch(&mut self, branch: &'a Branch, code: &mut Vec<Piece<'a>>) -> bool {
        self.mention(&self.plain.cond(branch));
        self.mentions.extend(branch.locals());
        let (then, mut falls) = self.stmts(&branch.then.stmts);
        let otherwise = branch
            .otherwise
            .as_ref()
            .map(|block| self.stmts(&block.stmts));
        falls |= otherwise.as_ref().is_none_or(|(_, falls)| *falls);
        let otherwise = otherwise.map(|(code, _)| code);
        code.push(Piece::If {
            branch,
            then,
            otherwise,
        });
        self.after(branch.construct, falls, code)
    }

    fn matched(&mut self, matched: &'a Match, code: &mut Vec<Piece<'a>>) -> bool {
        self.mention(&matched.scrutinee);
        let mut falls = false;
        let mut arms = Vec::new();
        for arm in &matched.arms {
            arm.guard.iter().for_each(|guard| self.mention(guard));
            self.mentions.extend(&arm.locals);
            let (body, arm_falls) = self.stmts(&arm.body.stmts);
            falls |= arm_falls;
            arms.push(body);
        }
        code.push(Piece::Match { matched, arms });
        self.after(matched.construct, falls, code)
    }

    fn goto(&mut self, entry: Entry, code: &mut Vec<Piece<'a>>) -> bool {
        self.reached.push(entry);
        code.push(Piece::Goto(entry));
        false
    }

    /// What follows a construct: nothing if its end is not reached, the state
    /// of its end if others come there too, else the statements behind it.
    fn after(&mut self, construct: ConstructId, falls: bool, code: &mut Vec<Piece<'a>>) -> bool {
        let left = Jump {
            kind: JumpKind::Break,
            to: construct,
        };
        if !falls && !self.jumped.contains(&left) {
            return false;
        }
        if self.graph.joins(construct) && !self.paths.last_in_round.contains(&construct) {
            return self.goto(Entry::Join(construct), code);
        }
        true
    }

    /// The code behind an entry that lies at `path` in `block`.
    pub(super) fn enter(&mut self, block: &'a Block, path: &[Step], entry: Entry) -> Walked<'a> {
        let Some((step, rest)) = path.split_first() else {
            return (Vec::new(), true);
        };
        let (before, from) = block.stmts.split_at(step.stmt.min(block.stmts.len()));
        let mut code = Vec::new();
        for stmt in before {
            if let Stmt::Items(items) = stmt {
                code.push(Piece::Items(items));
            }
            if let Stmt::Bind(bind) = stmt {
                self.see(&bind.locals);
                code.push(if bind.derived {
                    Piece::Rebind(bind)
                } else {
                    Piece::Declare(&bind.locals)
                });
            }
            // Of the outcomes that came before most are used up: a state would have
            // to look at all of them.
            if let Stmt::Await { into, .. } | Stmt::Fork(Fork { into, .. }) = stmt
                && self.needed.contains(into)
            {
                self.visible.push(*into);
                code.push(Piece::Declare(std::slice::from_ref(into)));
            }
        }
        let Some((stmt, after)) = from.split_first() else {
            return (code, true);
        };
        let falls = if rest.is_empty() {
            self.begin(stmt, entry, &mut code)
        } else {
            self.reopen(stmt, step.inner, rest, entry, &mut code)
        };
        if !falls {
            return (code, false);
        }
        let (more, falls) = self.stmts(after);
        code.extend(more);
        (code, falls)
    }

    /// The entry itself.
    fn begin(&mut self, stmt: &'a Stmt, entry: Entry, code: &mut Vec<Piece<'a>>) -> bool {
        match (stmt, entry) {
            (Stmt::Await { into, .. }, _) => {
                self.outcome = Some(*into);
                true
            }
            (Stmt::Fork(fork), Entry::Resume(_)) => {
                self.outcome = Some(fork.into);
                self.fork = Some(fork);
                true
            }
            (Stmt::Fork(fork), Entry::Block(wanted)) => {
                let mut blocks = fork.blocks();
                let block = blocks.find(|(_, id, _)| *id == wanted);
                let (_, _, block) = block.expect("the path leads to its fork");
                let (body, _) = self.stmts(&block.stmts);
                code.push(scope_piece(body));
                false
            }
            (Stmt::Loop(looped), Entry::Head(construct)) => {
                let (body, falls) = self.stmts(&looped.body.stmts);
                self.round(construct, body, falls, code)
            }
            _ => true,
        }
    }

    /// A loop whose body was entered: at its end the next round begins.
    fn round(
        &mut self,
        construct: ConstructId,
        body: Vec<Piece<'a>>,
        falls: bool,
        code: &mut Vec<Piece<'a>>,
    ) -> bool {
        let next = Jump {
            kind: JumpKind::Continue,
            to: construct,
        };
        let mut round = vec![labelled_piece(JumpKind::Continue, construct, body)];
        if falls || self.jumped.contains(&next) {
            self.goto(Entry::Head(construct), &mut round);
        }
        code.push(labelled_piece(JumpKind::Break, construct, round));
        let left = Jump {
            kind: JumpKind::Break,
            to: construct,
        };
        self.jumped.contains(&left) && self.goto(Entry::Join(construct), code)
    }

    /// Opens a construct in the middle.
    fn reopen(
        &mut self,
        stmt: &'a Stmt,
        inner: usize,
        rest: &[Step],
        entry: Entry,
        code: &mut Vec<Piece<'a>>,
    ) -> bool {
        match stmt {
            Stmt::Bind(bind) => {
                if let Some(Otherwise::Block(block)) = &bind.otherwise {
                    let (body, _) = self.enter(block, rest, entry);
                    code.push(Piece::Scope {
                        is_unsafe: false,
                        body,
                    });
                }
                false
            }
            Stmt::Fork(fork) => {
                let mut blocks = fork.blocks();
                let block = blocks.find(|(at, _, _)| *at == inner);
                let (_, _, block) = block.expect("the path leads into it");
                let (body, _) = self.enter(block, rest, entry);
                code.push(scope_piece(body));
                // A block returns; it never goes on behind its fork.
                false
            }
            Stmt::Scope(block) => {
                let (body, falls) = self.enter(block, rest, entry);
                code.push(Piece::Scope {
                    is_unsafe: block.is_unsafe,
                    body,
                });
                falls
            }
            Stmt::If(branch) => {
                let falls = self.reopen_branch(branch, inner, rest, entry, code);
                self.after(branch.construct, falls, code)
            }
            Stmt::Match(matched) => {
                let arm = matched.arms.get(inner).expect("the path leads into it");
                self.see(&arm.locals);
                let (body, falls) = self.enter(&arm.body, rest, entry);
                code.push(Piece::Arm {
                    matched,
                    arm: inner,
                    body,
                });
                self.after(matched.construct, falls, code)
            }
            Stmt::Loop(looped) => {
                let (body, falls) = self.enter(&looped.body, rest, entry);
                self.round(looped.construct, body, falls, code)
            }
            Stmt::Labelled(labelled) => {
                let (body, falls) = self.enter(&labelled.body, rest, entry);
                code.push(labelled_piece(JumpKind::Break, labelled.construct, body));
                self.after(labelled.construct, falls, code)
            }
            Stmt::Items(_)
            | Stmt::Run { .. }
            | Stmt::Await { .. }
            | Stmt::Assign { .. }
            | Stmt::Return { .. }
            | Stmt::Jump(_) => unreachable!("paths lead into statements with blocks only"),
        }
    }

    fn reopen_branch(
        &mut self,
        branch: &'a Branch,
        inner: usize,
        rest: &[Step],
        entry: Entry,
        code: &mut Vec<Piece<'a>>,
    ) -> bool {
        if inner == 0 {
            self.see(&branch.locals());
            let (body, falls) = self.enter(&branch.then, rest, entry);
            code.push(Piece::Then { branch, body });
            return falls;
        }
        let block = branch.otherwise.as_ref().expect("the path leads into it");
        let (body, falls) = self.enter(block, rest, entry);
        code.push(Piece::Scope {
            is_unsafe: false,
            body,
        });
        falls
    }
}

fn scope_piece(body: Vec<Piece<'_>>) -> Piece<'_> {
    Piece::Scope {
        is_unsafe: false,
        body,
    }
}

fn labelled_piece(kind: JumpKind, construct: ConstructId, body: Vec<Piece<'_>>) -> Piece<'_> {
    Piece::Labelled {
        kind,
        construct,
        body,
    }
}
