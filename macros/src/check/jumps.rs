//! Jumps that lead nowhere, and those out of blocks that are operands: others wait
//! beside such a block, so it can only end by itself.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Block, ExprAsync, ExprBlock, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprLoop,
    ExprWhile, Item, Label, Lifetime, Macro,
};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::macros;

/// Refuses the jumps that lead out of the block of an operand.
pub(super) fn out_of_operand(block: &Block, diag: &mut Diagnostics) {
    Jumps::within(true, diag).visit_block(block);
}

/// Refuses the jumps that have no loop around them; of labels rustc tells.
pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    Jumps::within(false, diag).visit_block(&flow.body);
}

struct Jumps<'a> {
    is_operand: bool,
    /// How many loops are open inside of the block.
    loops: usize,
    labels: Vec<String>,
    diag: &'a mut Diagnostics,
}

impl<'a> Jumps<'a> {
    fn within(is_operand: bool, diag: &'a mut Diagnostics) -> Self {
        Self {
            is_operand,
            loops: 0,
            labels: Vec::new(),
            diag,
        }
    }

    fn jump(&mut self, keyword: impl ToTokens, label: Option<&Lifetime>) {
        if self.stays(label) {
            return;
        }
        if self.is_operand {
            self.diag.refuse(keyword, catalog::JUMP_OUT_OF_BLOCK);
        } else if label.is_none() {
            self.diag.refuse(keyword, catalog::JUMP_OUTSIDE_OF_LOOP);
        }
    }

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
        self.jump(jump.break_token, jump.label.as_ref());
        visit::visit_expr_break(self, jump);
    }

    fn visit_expr_continue(&mut self, jump: &'ast ExprContinue) {
        self.jump(jump.continue_token, jump.label.as_ref());
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
        // A macro of the user's may put a loop around it.
        if self.is_operand {
            macros::visit_arguments(mac, |expr| self.visit_expr(expr));
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
