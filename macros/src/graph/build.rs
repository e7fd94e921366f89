//! Builds the graph, from the end of the flow to its start.

use std::collections::BTreeSet;

use super::{Graph, Node, Span};
use crate::ids::{BlockId, ConstructId, LocalId, NodeId, PointId, Table};
use crate::model::{
    Bind, Block, Branch, Code, Cond, Fork, Jump, JumpKind, Loop, Match, Otherwise, Plain, Stmt,
};

pub(super) fn graph(plain: &Plain) -> Graph {
    let mut nodes = Table::new();
    let end = nodes.push(Node {
        what: "end",
        ..Node::default()
    });
    let mut constructs = Table::new();
    (0..plain.constructs).for_each(|_| {
        let _: ConstructId = constructs.push(Target {
            span: Span { entry: end, end },
            head: end,
        });
    });
    let mut resumed = Table::new();
    plain.points.ids().for_each(|_| {
        let _: PointId = resumed.push(end);
    });
    let mut blocks = Table::new();
    plain.blocks.ids().for_each(|_| {
        let _: BlockId = blocks.push(end);
    });
    let mut builder = Builder {
        plain,
        nodes,
        constructs,
        resumed,
        blocks,
        end,
    };
    let start = builder.block(&plain.body, end);
    let Builder {
        mut nodes,
        constructs,
        resumed,
        blocks,
        ..
    } = builder;
    set_parts(plain, &mut nodes);
    let mut spans = Table::new();
    constructs.iter().for_each(|(_, target)| {
        let _: ConstructId = spans.push(target.span);
    });
    Graph {
        nodes,
        start,
        resumed,
        constructs: spans,
        blocks,
    }
}

/// What replaces a local replaces its parts.
fn set_parts(plain: &Plain, nodes: &mut Table<NodeId, Node>) {
    let parts = plain.parts();
    let inside = |whole: &BTreeSet<LocalId>| -> Vec<LocalId> {
        let inside = |part: LocalId| whole.iter().any(|whole| plain.is_inside(part, *whole));
        parts.iter().copied().filter(|part| inside(*part)).collect()
    };
    let ids: Vec<NodeId> = nodes.ids().collect();
    for id in ids {
        let node = &mut nodes[id];
        node.sets.extend(inside(&node.sets));
        node.gives.extend(inside(&node.gives));
        node.leaves.extend(inside(&node.leaves));
    }
}

struct Builder<'p> {
    plain: &'p Plain,
    nodes: Table<NodeId, Node>,
    constructs: Table<ConstructId, Target>,
    resumed: Table<PointId, NodeId>,
    blocks: Table<BlockId, NodeId>,
    /// The end of the flow: what follows a `return`.
    end: NodeId,
}

#[derive(Clone, Copy)]
struct Target {
    span: Span,
    head: NodeId,
}

impl Builder<'_> {
    fn block(&mut self, block: &Block, next: NodeId) -> NodeId {
        block
            .stmts
            .iter()
            .rev()
            .fold(next, |next, stmt| self.stmt(stmt, next))
    }

    fn stmt(&mut self, stmt: &Stmt, next: NodeId) -> NodeId {
        match stmt {
            Stmt::Items(_) => next,
            Stmt::Run { code, sets } => self.code("run", code, sets.iter().copied(), vec![next]),
            Stmt::Bind(bind) => self.bind(bind, next),
            Stmt::Await { into, op, point } => {
                let sets = BTreeSet::from([*into]);
                let resumed = Node {
                    sets,
                    next: vec![next],
                    what: "resumed",
                    ..Node::default()
                };
                let resumed = self.nodes.push(resumed);
                self.resumed[*point] = resumed;
                self.code("wait", op, [], vec![resumed])
            }
            Stmt::Fork(fork) => self.fork(fork, next),
            Stmt::Assign { to, value } => self.code("assign", value, [*to], vec![next]),
            Stmt::Return { value } => self.code("return", value, [], vec![self.end]),
            Stmt::Jump(jump) => {
                let jumps = vec![self.target(*jump)];
                self.nodes.push(Node {
                    jumps,
                    what: "jump",
                    ..Node::default()
                })
            }
            Stmt::Scope(block) => self.block(block, next),
            Stmt::If(branch) => self.branch(branch, next),
            Stmt::Match(matched) => self.matched(matched, next),
            Stmt::Loop(looped) => self.looped(looped, next),
            Stmt::Labelled(labelled) => {
                let end = self.end(labelled.construct, next);
                let entry = self.block(&labelled.body, end);
                self.constructs[labelled.construct].span.entry = entry;
                entry
            }
        }
    }

    /// Control goes to each of the blocks, none of which comes back, and to
    /// what is behind the fork.
    fn fork(&mut self, fork: &Fork, next: NodeId) -> NodeId {
        let resumed = Node {
            sets: BTreeSet::from([fork.into]),
            next: vec![next],
            what: "resumed",
            ..Node::default()
        };
        let resumed = self.nodes.push(resumed);
        self.resumed[fork.point] = resumed;
        let mut after = vec![resumed];
        for (_, id, block) in fork.blocks() {
            let start = self.block(block, self.end);
            self.blocks[id] = start;
            after.push(start);
        }
        let mut next = self.nodes.push(Node {
            next: after,
            what: "begun",
            ..Node::default()
        });
        let ops: Vec<&Code> = fork.ops().collect();
        for op in ops.into_iter().rev() {
            next = self.code("fork", op, [], vec![next]);
        }
        next
    }

    fn code(
        &mut self,
        what: &'static str,
        code: &Code,
        sets: impl IntoIterator<Item = LocalId>,
        next: Vec<NodeId>,
    ) -> NodeId {
        let jumps = code.jumps.iter().map(|jump| self.target(*jump)).collect();
        let (uses, spared) = (code.uses.clone(), self.plain.spared_by(code));
        let sets = sets.into_iter().chain(code.replaces.iter().copied());
        let sets = sets.collect();
        let next = if code.diverges { Vec::new() } else { next };
        let (gives, leaves) = (code.assigns.clone(), code.leaves.clone());
        let writes = code.writes.iter().copied();
        let writes = writes.filter(|local| self.plain.root(*local) != *local);
        let writes = writes.collect();
        self.nodes.push(Node {
            uses,
            spared,
            writes,
            sets,
            leaves,
            gives,
            next,
            jumps,
            what,
        })
    }

    fn target(&self, jump: Jump) -> NodeId {
        let target = self.constructs[jump.to];
        match jump.kind {
            JumpKind::Break => target.span.end,
            JumpKind::Continue => target.head,
        }
    }

    fn bind(&mut self, bind: &Bind, next: NodeId) -> NodeId {
        let mut after = vec![next];
        match &bind.otherwise {
            None => {}
            Some(Otherwise::Code(otherwise)) => {
                after.push(self.code("else", otherwise, [], Vec::new()));
            }
            Some(Otherwise::Block(block)) => after.push(self.block(block, self.end)),
        }
        let code = bind.init.clone().unwrap_or_default();
        self.code("let", &code, bind.locals.iter().copied(), after)
    }

    /// The node at the end of a construct.
    fn end(&mut self, construct: ConstructId, next: NodeId) -> NodeId {
        let end = self.nodes.push(Node {
            next: vec![next],
            what: "join",
            ..Node::default()
        });
        self.constructs[construct].span.end = end;
        end
    }

    fn branch(&mut self, branch: &Branch, next: NodeId) -> NodeId {
        let end = self.end(branch.construct, next);
        let mut entry = self.block(&branch.then, end);
        let otherwise = branch
            .otherwise
            .as_ref()
            .map_or(end, |block| self.block(block, end));
        for cond in branch.conds.iter().rev() {
            let (code, bound) = match cond {
                Cond::Test(code) => (&**code, [].as_slice()),
                Cond::Let(bound) => (&bound.value, bound.locals.as_slice()),
            };
            let bound = self.nodes.push(Node {
                sets: bound.iter().copied().collect(),
                next: vec![entry],
                what: "bind",
                ..Node::default()
            });
            entry = self.code("if", code, [], vec![bound, otherwise]);
        }
        self.constructs[branch.construct].span.entry = entry;
        entry
    }

    fn matched(&mut self, matched: &Match, next: NodeId) -> NodeId {
        let end = self.end(matched.construct, next);
        let mut arms = Vec::new();
        for arm in &matched.arms {
            let body = self.block(&arm.body, end);
            let guard = arm.guard.clone().unwrap_or_default();
            let body = self.code("guard", &guard, [], vec![body]);
            let bound = Node {
                sets: arm.locals.iter().copied().collect(),
                next: vec![body],
                what: "arm",
                ..Node::default()
            };
            arms.push(self.nodes.push(bound));
        }
        let entry = self.code("match", &matched.scrutinee, [], arms);
        self.constructs[matched.construct].span.entry = entry;
        entry
    }

    fn looped(&mut self, looped: &Loop, next: NodeId) -> NodeId {
        let end = self.end(looped.construct, next);
        let head = self.nodes.push(Node {
            what: "loop",
            ..Node::default()
        });
        self.constructs[looped.construct].head = head;
        let body = self.block(&looped.body, head);
        self.nodes[head].next.push(body);
        // The head was made before the body: this node closes the span.
        let entry = self.nodes.push(Node {
            next: vec![head],
            what: "enter",
            ..Node::default()
        });
        self.constructs[looped.construct].span = Span { entry, end };
        entry
    }
}
