//! `flow::join!` and `flow::race!`: operations that are made one after the
//! other, and blocks that become machines of their own in the flow's.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, ExprAsync, ExprBlock, ExprCall};

use super::{Dest, Desugar, points};
use crate::ids::{BlockId, LocalId, PointId};
use crate::model::{Fork, Nested, Operand, OperandKind, Point, Role, Stmt};
use crate::syntax::fork::Kind;
use crate::syntax::spans::first_span;
use crate::syntax::{uses, writes};

impl Desugar {
    /// The fork that `call` stands for: its outcome in a temporary.
    pub(super) fn fork(&mut self, call: &ExprCall, kind: Kind) -> Expr {
        let span = call.func.span();
        let name = match kind {
            Kind::Join => "join",
            Kind::TryJoin => "try_join",
            Kind::Race => "race",
        };
        let point = self.point(name.to_owned(), false, (span, span), Role::Fork);
        let operands = call.args.iter().map(|operand| match operand {
            Expr::Async(block) => self.nested(block),
            op => self.operand(op),
        });
        let operands = operands.collect();
        let (into, outcome) = self.temp(span, None);
        self.push(Stmt::Fork(Fork {
            into,
            point,
            kind,
            operands,
        }));
        outcome
    }

    fn operand(&mut self, op: &Expr) -> Operand {
        let (label, given) = points::label(op);
        let spans = (first_span(op), first_span(op));
        let point = self.point(label, given, spans, Role::Operand);
        let kind = OperandKind::Op(self.code(op));
        Operand { point, kind }
    }

    /// A block returns to itself, and no jump leaves it.
    fn nested(&mut self, block: &ExprAsync) -> Operand {
        let span = block.async_token.span;
        let point = self.point("async".to_owned(), false, (span, span), Role::Block);
        let id: BlockId = self.blocks.push(Nested {
            moves: block.capture.is_some(),
            locals: (0, 0),
            writes: self.written_in(block),
        });
        let targets = std::mem::take(&mut self.targets);
        let first = self.locals.len();
        let outer = std::mem::replace(&mut self.is_operand, true);
        let body = self.block(&block.block, Dest::Return);
        self.is_operand = outer;
        self.blocks[id].locals = (first, self.locals.len());
        self.targets = targets;
        let kind = OperandKind::Block(id, body);
        Operand { point, kind }
    }

    /// The locals that a block may change.
    fn written_in(&self, block: &ExprAsync) -> BTreeSet<LocalId> {
        let code = Expr::Block(ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: block.block.clone(),
        });
        let mut written = BTreeSet::new();
        for name in uses::paths_of_expr(&code).into_keys() {
            let Some(local) = self.scopes.named(&name) else {
                continue;
            };
            let row = &self.locals[local];
            if writes::may_write(&row.ident, row.derived_from.is_some(), &code) {
                self.with_sources(local, &mut written);
            }
        }
        written
    }

    /// Adds a local, and what it is borrowed from.
    fn with_sources(&self, local: LocalId, all: &mut BTreeSet<LocalId>) {
        if all.insert(local) {
            let sources = self.locals[local].derived_from.iter().flatten();
            sources.for_each(|source| self.with_sources(*source, all));
        }
    }

    fn point(&mut self, label: String, given: bool, spans: (Span, Span), role: Role) -> PointId {
        let (span, op_span) = spans;
        self.points.push(Point {
            label,
            twins: u16::from(!given),
            span,
            op_span,
            role,
        })
    }
}
