//! Jumps out of verbatim code to a construct that is lowered.
//!
//! ```text
//! continue            =>  break '__flow_c3
//! break 'outer value  =>  { __flow_t7 = value; break '__flow_b1 }
//! ```
//!
//! Each arm of the machine opens the lowered constructs around it as labelled
//! blocks, so that a jump is a `break` to one of these and rustc checks it.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprAsync, ExprBlock, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprLoop,
    ExprWhile, Item, Label, Lifetime, Macro, parse_quote_spanned,
};

use super::scope::Target;
use crate::ids::LocalId;
use crate::model::{Jump, JumpKind};
use crate::names;
use crate::syntax::{macros, made};

/// Rewrites the jumps of `expr`; gives them, and the locals they assign.
pub(super) fn rewrite(expr: &mut Expr, targets: &[Target]) -> (Vec<Jump>, BTreeSet<LocalId>) {
    let mut rewriter = Rewriter {
        targets,
        inner: Vec::new(),
        jumps: Vec::new(),
        assigns: BTreeSet::new(),
        rewritten: 0,
    };
    rewriter.visit_expr_mut(expr);
    (rewriter.jumps, rewriter.assigns)
}

struct Rewriter<'a> {
    targets: &'a [Target],
    /// The verbatim loops and blocks that are open; loops without a label too.
    inner: Vec<(Option<String>, bool)>,
    jumps: Vec<Jump>,
    assigns: BTreeSet<LocalId>,
    /// How many jumps are other ones now.
    rewritten: usize,
}

impl Rewriter<'_> {
    fn inside(&mut self, label: Option<&Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        self.inner
            .push((label.map(|label| label.name.ident.to_string()), is_loop));
        visit(self);
        self.inner.pop();
    }

    /// Where a jump leads.
    fn way(&self, label: Option<&Lifetime>) -> Way {
        let name = label.map(|label| label.ident.to_string());
        let means = |own: &Option<String>, is_loop: bool| match &name {
            Some(name) => own.as_ref() == Some(name),
            None => is_loop,
        };
        if self.inner.iter().any(|(own, is_loop)| means(own, *is_loop)) {
            return Way::Stays;
        }
        let mut targets = self.targets.iter().rev();
        match targets.find(|target| means(&target.label, target.is_loop)) {
            Some(target) => Way::Leaves(target.clone()),
            None if name.is_some() => Way::Nowhere,
            None => Way::Stays,
        }
    }

    /// What a jump becomes, if it is another one.
    fn jump(
        &mut self,
        label: Option<&Lifetime>,
        span: Span,
        leave: impl FnOnce(&mut Self, &Target) -> Expr,
    ) -> Option<Expr> {
        match self.way(label) {
            Way::Stays => None,
            Way::Leaves(target) => Some(leave(self, &target)),
            // Of a label that nothing has rustc tells once, in the plain copy: here it
            // would not find what the user may have meant.
            Way::Nowhere => {
                let known = names::known(span, &made::unit(span));
                Some(parse_quote_spanned!(span=> return #known))
            }
        }
    }

    fn break_to(&mut self, jump: &ExprBreak, target: &Target) -> Expr {
        let span = jump.break_token.span;
        let label = names::break_label(target.construct);
        let keyword = jump.break_token;
        let leave: Expr = parse_quote_spanned!(span=> #keyword #label);
        let value = jump.expr.as_deref();
        match (&target.dest, value) {
            (Some((local, dest)), value) => {
                self.assigns.insert(*local);
                // Of a value that is missing rustc tells in the plain copy, with the loop.
                let missing = || {
                    let known = names::known(span, &made::unit(span));
                    parse_quote_spanned!(span=> #known)
                };
                let value = value.cloned().unwrap_or_else(missing);
                parse_quote_spanned!(span=> { #dest = #value; #leave })
            }
            (None, value) if target.returns => {
                let value = value.cloned().unwrap_or_else(|| unit(span));
                parse_quote_spanned!(span=> return #value)
            }
            (None, Some(value)) => parse_quote_spanned!(span=> { #value; #leave }),
            (None, None) => leave,
        }
    }
}

/// Where a jump leads.
enum Way {
    /// To a loop or block that is verbatim code, too.
    Stays,
    /// To a construct that is lowered.
    Leaves(Target),
    /// To a label that nothing has.
    Nowhere,
}

fn unit(span: Span) -> Expr {
    parse_quote_spanned!(span=> ())
}

impl VisitMut for Rewriter<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let replacement = match expr {
            Expr::Break(jump) => {
                self.jump(jump.label.as_ref(), jump.break_token.span, |own, target| {
                    if !target.returns {
                        own.jumps.push(Jump {
                            kind: JumpKind::Break,
                            to: target.construct,
                        });
                    }
                    own.break_to(jump, target)
                })
            }
            Expr::Continue(ExprContinue {
                label,
                continue_token,
                ..
            }) => self.jump(label.as_ref(), continue_token.span, |own, target| {
                own.jumps.push(Jump {
                    kind: JumpKind::Continue,
                    to: target.construct,
                });
                let label = names::continue_label(target.construct);
                parse_quote_spanned!(continue_token.span=> break #label)
            }),
            _ => None,
        };
        if let Some(replacement) = replacement {
            self.rewritten += 1;
            *expr = replacement;
        }
    }

    fn visit_expr_loop_mut(&mut self, looped: &mut ExprLoop) {
        let label = looped.label.clone();
        self.inside(label.as_ref(), true, |own| {
            visit_mut::visit_expr_loop_mut(own, looped);
        });
    }

    fn visit_expr_while_mut(&mut self, looped: &mut ExprWhile) {
        let label = looped.label.clone();
        self.inside(label.as_ref(), true, |own| {
            visit_mut::visit_expr_while_mut(own, looped);
        });
    }

    fn visit_expr_for_loop_mut(&mut self, looped: &mut ExprForLoop) {
        self.visit_expr_mut(&mut looped.expr);
        let label = looped.label.clone();
        self.inside(label.as_ref(), true, |own| {
            own.visit_block_mut(&mut looped.body);
        });
    }

    fn visit_expr_block_mut(&mut self, block: &mut ExprBlock) {
        let label = block.label.clone();
        self.inside(label.as_ref(), false, |own| {
            visit_mut::visit_expr_block_mut(own, block);
        });
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(mut arguments) = macros::arguments(mac) {
            let mut exprs = std::mem::take(&mut arguments.exprs);
            let before = self.rewritten;
            for expr in &mut exprs {
                self.visit_expr_mut(expr);
            }
            if self.rewritten > before {
                mac.tokens = arguments.rebuild(&exprs);
            }
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
