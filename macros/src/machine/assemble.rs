//! Assembles the states.
//!
//! A state's code begins behind its entry and goes on, through all enclosing
//! blocks, until the machine waits, ends, or comes to a loop's head or to the
//! end of a construct that other states come to as well:
//!
//! ```text
//! { let x = f(); if c { a().await; g(); } h(x) }
//! start:    let x = f(); if c { wait a } goto join
//! resume a: { { g(); } goto join }
//! join:     { h(x) }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Paths, Step};
use super::{Entry, Machine, Piece, State, shape};
use crate::graph::Graph;
use crate::ids::{ConstructId, LocalId, Table};
use crate::live::Live;
use crate::model::{Block, Code, Jump, JumpKind, Otherwise, Plain, Stmt};

/// Assembles the machine.
pub(crate) fn assemble<'a>(plain: &'a Plain, graph: &Graph, live: &Live) -> Machine<'a> {
    let paths = Paths::of(&plain.body);
    let mut states = BTreeMap::new();
    let mut open = vec![Entry::Start];
    while let Some(entry) = open.pop() {
        if states.contains_key(&entry) {
            continue;
        }
        let path = paths.to(entry);
        let (state, reached) = state(plain, graph, live, entry, path);
        open.extend(reached);
        states.insert(entry, state);
    }
    let mut table = Table::new();
    let mut by_entry = BTreeMap::new();
    // Awaits come first: the runtime counts them from 1.
    let source = || paths.found.iter().map(|(entry, _)| *entry);
    let (waits, others): (Vec<Entry>, Vec<Entry>) =
        source().partition(|entry| matches!(entry, Entry::Resume(_)));
    for entry in [Entry::Start].into_iter().chain(waits).chain(others) {
        if let Some(state) = states.remove(&entry) {
            by_entry.insert(entry, table.push(state));
        }
    }
    let order = [Entry::Start].into_iter().chain(source());
    let order = order
        .filter_map(|entry| by_entry.get(&entry).copied())
        .collect();
    let (stored, fingerprint) = (Vec::new(), 0);
    let mut machine = Machine {
        plain,
        states: table,
        order,
        by_entry,
        stored,
        fingerprint,
    };
    shape::fill(&mut machine);
    machine
}

fn state<'a>(
    plain: &'a Plain,
    graph: &Graph,
    live: &Live,
    entry: Entry,
    path: &[Step],
) -> (State<'a>, Vec<Entry>) {
    let mut walk = Walk {
        plain,
        graph,
        reached: Vec::new(),
        jumped: Vec::new(),
        mentions: BTreeSet::new(),
        outcome: None,
        visible: Vec::new(),
    };
    let (code, _) = match entry {
        Entry::Start => {
            let (mut code, falls) = walk.stmts(&plain.body.stmts);
            code.insert(0, Piece::Declare(&plain.params));
            (code, falls)
        }
        _ => {
            walk.see(&plain.params);
            let (mut code, falls) = walk.enter(&plain.body, path, entry);
            code.insert(0, Piece::Declare(&plain.params));
            (code, falls)
        }
    };
    let live = at_entry(graph, live, entry);
    let kept = roots(plain, &live);
    let mentions = with_roots(plain, std::mem::take(&mut walk.mentions), &live);
    let hidden = kept
        .iter()
        .copied()
        .filter(|local| walk.hides(*local))
        .collect();
    let state = State {
        entry,
        outcome: walk.outcome,
        code,
        mentions,
        live,
        kept,
        hidden,
    };
    (state, walk.reached)
}

/// What is live where a state is entered.
fn at_entry(graph: &Graph, live: &Live, entry: Entry) -> BTreeSet<LocalId> {
    match entry {
        Entry::Start => live.before(graph.start).clone(),
        Entry::Resume(point) => live.over(graph, graph.resumed[point]),
        Entry::Head(construct) => {
            // The span's last node leads to the head.
            live.before(graph.constructs[construct].entry).clone()
        }
        Entry::Join(construct) => after_end(graph, live, construct),
    }
}

/// What is live behind a construct, its value included.
fn after_end(graph: &Graph, live: &Live, construct: ConstructId) -> BTreeSet<LocalId> {
    let end = &graph.nodes[graph.constructs[construct].end];
    end.next
        .iter()
        .flat_map(|next| live.before(*next))
        .copied()
        .collect()
}

/// Replaces derived locals by what they are made from.
fn roots(plain: &Plain, live: &BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let mut kept = BTreeSet::new();
    let mut open: Vec<LocalId> = live.iter().copied().collect();
    while let Some(local) = open.pop() {
        match &plain.locals[local].derived_from {
            Some(roots) => open.extend(roots),
            None => {
                kept.insert(local);
            }
        }
    }
    kept
}

/// Adds what the derived locals that must be made again are made from.
fn with_roots(
    plain: &Plain,
    mut mentions: BTreeSet<LocalId>,
    live: &BTreeSet<LocalId>,
) -> BTreeSet<LocalId> {
    let mut open: Vec<LocalId> = mentions.iter().copied().collect();
    while let Some(local) = open.pop() {
        if let (Some(roots), true) = (&plain.locals[local].derived_from, live.contains(&local)) {
            for root in roots {
                if mentions.insert(*root) {
                    open.push(*root);
                }
            }
        }
    }
    mentions
}

struct Walk<'a, 'g> {
    plain: &'a Plain,
    graph: &'g Graph,
    reached: Vec<Entry>,
    jumped: Vec<Jump>,
    mentions: BTreeSet<LocalId>,
    outcome: Option<LocalId>,
    /// The locals in scope at the entry, innermost last.
    visible: Vec<LocalId>,
}

type Walked<'a> = (Vec<Piece<'a>>, bool);

impl<'a> Walk<'a, '_> {
    fn see(&mut self, locals: &[LocalId]) {
        self.visible.extend(locals);
    }

    /// Whether another local of the same name is nearer to the entry.
    fn hides(&self, local: LocalId) -> bool {
        let ident = &self.plain.locals[local].ident;
        let nearest = self
            .visible
            .iter()
            .rev()
            .find(|other| self.plain.locals[**other].ident == *ident);
        nearest.is_some_and(|nearest| *nearest != local)
    }

    fn mention(&mut self, code: &Code) {
        self.mentions.extend(&code.uses);
        self.mentions.extend(&code.assigns);
        self.jumped.extend(&code.jumps);
    }

    /// Statements from their beginning; whether control may fall out of them.
    fn stmts(&mut self, stmts: &'a [Stmt]) -> Walked<'a> {
        let mut code = Vec::new();
        for stmt in stmts {
            if !self.stmt(stmt, &mut code) {
                return (code, false);
            }
        }
        (code, true)
    }

    fn stmt(&mut self, stmt: &'a Stmt, code: &mut Vec<Piece<'a>>) -> bool {
        match stmt {
            Stmt::Run { code: run, sets } => {
                self.mention(run);
                self.mentions.extend(sets.iter());
                code.push(Piece::Run(run));
                !run.diverges
            }
            Stmt::Bind(bind) => {
                bind.init.iter().for_each(|init| self.mention(init));
                let otherwise = match &bind.otherwise {
                    None => None,
                    Some(Otherwise::Code(otherwise)) => {
                        self.mention(otherwise);
                        None
                    }
                    Some(Otherwise::Block(block)) => Some(self.stmts(&block.stmts).0),
                };
                if bind.init.is_none() {
                    code.push(Piece::Declare(&bind.locals));
                    return true;
                }
                self.mentions.extend(&bind.locals);
                code.push(Piece::Bind { bind, otherwise });
                true
            }
            Stmt::Await { op, point, .. } => {
                self.mention(op);
                self.reached.push(Entry::Resume(*point));
                code.push(Piece::Suspend { point: *point, op });
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
            Stmt::If(branch) => {
                self.mention(&branch.cond);
                self.mentions.extend(&branch.locals);
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
            Stmt::Match(matched) => {
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
            Stmt::Loop(looped) => self.goto(Entry::Head(looped.construct), code),
            Stmt::Labelled(labelled) => {
                let (body, falls) = self.stmts(&labelled.body.stmts);
                code.push(self.labelled(JumpKind::Break, labelled.construct, body));
                self.after(labelled.construct, falls, code)
            }
        }
    }

    fn labelled(&self, kind: JumpKind, construct: ConstructId, body: Vec<Piece<'a>>) -> Piece<'a> {
        Piece::Labelled {
            kind,
            construct,
            body,
        }
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
        if self.graph.joins(construct) {
            return self.goto(Entry::Join(construct), code);
        }
        true
    }

    /// The code behind an entry that lies at `path` in `block`.
    fn enter(&mut self, block: &'a Block, path: &[Step], entry: Entry) -> Walked<'a> {
        let Some((step, rest)) = path.split_first() else {
            return (Vec::new(), true);
        };
        let (before, from) = block.stmts.split_at(step.stmt.min(block.stmts.len()));
        let mut code = Vec::new();
        for stmt in before {
            if let Stmt::Bind(bind) = stmt {
                self.see(&bind.locals);
                code.push(if bind.derived {
                    Piece::Rebind(bind)
                } else {
                    Piece::Declare(&bind.locals)
                });
            }
            if let Stmt::Await { into, .. } = stmt {
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
        let mut round = vec![self.labelled(JumpKind::Continue, construct, body)];
        if falls || self.jumped.contains(&next) {
            self.goto(Entry::Head(construct), &mut round);
        }
        code.push(self.labelled(JumpKind::Break, construct, round));
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
            Stmt::Scope(block) => {
                let (body, falls) = self.enter(block, rest, entry);
                code.push(Piece::Scope {
                    is_unsafe: block.is_unsafe,
                    body,
                });
                falls
            }
            Stmt::If(branch) => {
                let falls = if inner == 0 {
                    self.see(&branch.locals);
                    let (body, falls) = self.enter(&branch.then, rest, entry);
                    code.push(Piece::Then { branch, body });
                    falls
                } else {
                    let block = branch.otherwise.as_ref().expect("the path leads into it");
                    let (body, falls) = self.enter(block, rest, entry);
                    code.push(Piece::Scope {
                        is_unsafe: false,
                        body,
                    });
                    falls
                };
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
                code.push(self.labelled(JumpKind::Break, labelled.construct, body));
                self.after(labelled.construct, falls, code)
            }
            Stmt::Run { .. }
            | Stmt::Await { .. }
            | Stmt::Assign { .. }
            | Stmt::Return { .. }
            | Stmt::Jump(_) => unreachable!("paths lead into statements with blocks only"),
        }
    }
}
