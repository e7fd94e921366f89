//! Jumps out of blocks that are operands: others wait beside such a block, so
//! it can only end by itself.

use syn::visit::{self, Visit};
use syn::{
    Block, ExprAsync, ExprBlock, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprLoop,
    ExprWhile, Item, Label, Lifetime, Macro,
};

use super::catalog;
use crate::diag::Diagnostics;
use crate::syntax::macros;

/// Refuses the jumps that lead out of `block`.
pub(super) fn check(block: &Block, diag: &mut Diagnostics) {
    let mut jumps = Jumps {
        loops: 0,
        labels: Vec::new(),
        diag,
    };
    jumps.visit_block(block);
}

struct Jumps<'a> {
    /// How many loops are open inside of the block.
    loops: usize,
    labels: Vec<String>,
    diag: &'a mut Diagnostics,
}

impl Jumps<'_> {
    fn stays(&self, label: Option<&Lifetime>) -> bool {
        match label {
            None => self.loops > 0,
            Some(label) => self.labels.contains(&label.ident.to_string()),
        }
    }

    fn inside(&mut self, label: Option<&Label>, loops: usize, visit: impl FnOnce(&mut Self)) {
        let known = self.labels.len();
        self.labels
            .extend(label.map(|label| label.name.ident.to_string()));
        self.loops += loops;
        visit(self);
        self.loops -= loops;
        self.labels.truncate(known);
    }
}

impl<'ast> Visit<'ast> for Jumps<'_> {
    fn visit_expr_break(&mut self, jump: &'ast ExprBreak) {
        if !self.stays(jump.label.as_ref()) {
            self.diag
                .refuse(jump.break_token, catalog::JUMP_OUT_OF_BLOCK);
        }
        visit::visit_expr_break(self, jump);
    }

    fn visit_expr_continue(&mut self, jump: &'ast ExprContinue) {
        if !self.stays(jump.label.as_ref()) {
            self.diag
                .refuse(jump.continue_token, catalog::JUMP_OUT_OF_BLOCK);
        }
    }

    fn visit_expr_loop(&mut self, looped: &'ast ExprLoop) {
        self.inside(looped.label.as_ref(), 1, |own| {
            visit::visit_expr_loop(own, looped);
        });
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        self.inside(looped.label.as_ref(), 1, |own| {
            visit::visit_expr_while(own, looped);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        self.inside(looped.label.as_ref(), 1, |own| {
            own.visit_block(&looped.body);
        });
    }

    fn visit_expr_block(&mut self, block: &'ast ExprBlock) {
        self.inside(block.label.as_ref(), 0, |own| {
            visit::visit_expr_block(own, block);
        });
    }

    // Blocks inside are looked at by themselves.
    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
