//! Walks a body in the order in which it runs, with the ways that are open at each place.

use std::collections::BTreeSet;

use quote::quote;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, BinOp, Block, Expr, ExprAsync, ExprAwait, ExprBinary, ExprBlock, ExprBreak, ExprCall,
    ExprClosure, ExprContinue, ExprForLoop, ExprIf, ExprLoop, ExprMatch, ExprReturn, ExprTry,
    ExprWhile, Item, Local, Macro, Pat, StmtMacro,
};

use super::ways::{Drawer, Open};
use super::{END, Point, START, Sketch, text};
use crate::syntax::conditional::{is_cfg, is_conditional};
use crate::syntax::fork::{self, Kind};
use crate::syntax::spans::first_span;
use crate::syntax::{awaits, diverges, macros};

pub(super) fn body(body: &Block) -> Sketch {
    let mut drawer = Drawer {
        sketch: Sketch {
            points: vec![Point::Start, Point::End],
            ways: Vec::new(),
        },
        known: BTreeSet::new(),
        open: vec![Open::from(START)],
        end: END,
        targets: Vec::new(),
    };
    drawer.visit_block(body);
    drawer.lead_to(END);
    drawer.sketch
}

impl Drawer {
    /// An operation that is a block: its awaits lie between the fork and itself.
    fn operand(&mut self, fork: usize, when: &str, block: &ExprAsync) {
        let outer = std::mem::replace(&mut self.end, fork);
        let targets = std::mem::take(&mut self.targets);
        let on = [Open::operand(fork)];
        let out = self.branch(&on, when, |own| own.visit_block(&block.block));
        self.open = out;
        self.lead_to(fork);
        self.targets = targets;
        self.end = outer;
    }

    fn forked(&mut self, call: &ExprCall) {
        for operand in &call.args {
            if !matches!(operand, Expr::Async(_)) {
                self.visit_expr(operand);
            }
        }
        let fork = self.point(Point::Wait(call.func.span()));
        for (at, operand) in call.args.iter().enumerate() {
            let when = format!("operand {}", at + 1);
            if let Expr::Async(block) = operand {
                self.operand(fork, &when, block);
            } else {
                self.branch(&[Open::operand(fork)], &when, |own| {
                    own.point(Point::Operand(first_span(operand)));
                    own.lead_to(fork);
                });
            }
        }
        self.open = vec![Open::from(fork)];
    }
}

/// Whether nothing in `expr` waits, or leads elsewhere.
fn is_straight(expr: &Expr) -> bool {
    struct Turns(bool);
    impl<'ast> Visit<'ast> for Turns {
        fn visit_expr_return(&mut self, _: &'ast ExprReturn) {
            self.0 = true;
        }
        fn visit_expr_try(&mut self, _: &'ast ExprTry) {
            self.0 = true;
        }
        fn visit_expr_break(&mut self, _: &'ast ExprBreak) {
            self.0 = true;
        }
        fn visit_expr_continue(&mut self, _: &'ast ExprContinue) {
            self.0 = true;
        }
        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut turns = Turns(awaits::in_expr(expr));
    turns.visit_expr(expr);
    !turns.0
}

impl<'ast> Visit<'ast> for Drawer {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        // What `cfg` may leave out.
        let on = is_conditional(expr).then(|| self.open.clone());
        if !is_straight(expr) {
            visit::visit_expr(self, expr);
        } else if diverges::expr(expr) {
            self.open.clear();
        }
        if let Some(on) = on {
            let mut out = std::mem::take(&mut self.open);
            out.extend(on);
            self.meet(out);
        }
    }

    fn visit_stmt_macro(&mut self, stmt: &'ast StmtMacro) {
        if !stmt.attrs.iter().any(is_cfg) {
            self.visit_macro(&stmt.mac);
        }
    }

    fn visit_expr_await(&mut self, awaited: &'ast ExprAwait) {
        self.visit_expr(&awaited.base);
        self.point(Point::Wait(awaited.await_token.span));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        match fork::of(call) {
            Some(_) => self.forked(call),
            None => visit::visit_expr_call(self, call),
        }
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        self.visit_expr(&branch.cond);
        let on = std::mem::take(&mut self.open);
        let when = text::of(&branch.cond);
        let mut out = self.branch(&on, &when, |own| own.visit_block(&branch.then_branch));
        out.extend(self.branch(&on, &format!("not {when}"), |own| {
            if let Some((_, otherwise)) = &branch.else_branch {
                own.visit_expr(otherwise);
            }
        }));
        self.meet(out);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        self.visit_expr(&matched.expr);
        let race = match &*matched.expr {
            Expr::Call(call) if fork::of(call) == Some(Kind::Race) => Some(call),
            _ => None,
        };
        let on = std::mem::take(&mut self.open);
        let mut out = Vec::new();
        for (at, arm) in matched.arms.iter().enumerate() {
            let when = match race.and_then(|race| race.args.get(at)) {
                Some(winner) => format!("{} first", winner_text(winner)),
                None => text::of(&arm.pat),
            };
            out.extend(self.branch(&on, &when, |own| own.visit_arm(arm)));
        }
        self.meet(out);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.visit_pat(&arm.pat);
        self.visit_expr(&arm.body);
    }

    fn visit_expr_loop(&mut self, looped: &'ast ExprLoop) {
        let head = Point::Loop(looped.loop_token.span, "loop".to_owned());
        self.round(looped.label.as_ref(), head, |own| {
            own.visit_block(&looped.body);
            if let Some(head) = own.targets.last().and_then(|target| target.head) {
                own.lead_to(head);
            }
        });
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        let shown = text::of(&looped.cond);
        let head = Point::Loop(looped.while_token.span, format!("while {shown}"));
        self.round(looped.label.as_ref(), head, |own| {
            own.visit_expr(&looped.cond);
            own.rounds(&shown, &format!("not {shown}"), &looped.body);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        let (pat, expr) = (&looped.pat, &looped.expr);
        let shown = text::of(quote!(for #pat in #expr));
        let head = Point::Loop(looped.for_token.span, shown);
        self.round(looped.label.as_ref(), head, |own| {
            own.rounds("next item", "no more", &looped.body);
        });
    }

    fn visit_expr_block(&mut self, block: &'ast ExprBlock) {
        if block.label.is_none() {
            return self.visit_block(&block.block);
        }
        let mut out = self.target(block.label.as_ref(), None, |own| {
            own.visit_block(&block.block);
        });
        out.append(&mut self.open);
        self.meet(out);
    }

    fn visit_expr_break(&mut self, broken: &'ast ExprBreak) {
        if let Some(value) = &broken.expr {
            self.visit_expr(value);
        }
        let open = std::mem::take(&mut self.open);
        if let Some(target) = self.find(broken.label.as_ref()) {
            target.left.extend(open);
        }
    }

    fn visit_expr_continue(&mut self, continued: &'ast ExprContinue) {
        if let Some(head) = self
            .find(continued.label.as_ref())
            .and_then(|target| target.head)
        {
            self.lead_to(head);
        }
        self.open.clear();
    }

    fn visit_expr_return(&mut self, returned: &'ast ExprReturn) {
        if let Some(value) = &returned.expr {
            self.visit_expr(value);
        }
        self.lead_to(self.end);
    }

    fn visit_expr_try(&mut self, tried: &'ast ExprTry) {
        self.visit_expr(&tried.expr);
        for mut open in self.open.clone() {
            open.when.push("?".to_owned());
            self.way(&open, self.end);
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let Some(init) = &local.init else { return };
        self.visit_expr(&init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            let on = self.open.clone();
            let pat = text::of(&local.pat);
            self.branch(&on, &format!("not {pat}"), |own| own.visit_expr(otherwise));
            self.open = on;
        }
    }

    /// The right side may be left out.
    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        self.visit_expr(&binary.left);
        let is_lazy = matches!(binary.op, BinOp::And(_) | BinOp::Or(_));
        let on = if is_lazy {
            self.open.clone()
        } else {
            Vec::new()
        };
        self.visit_expr(&binary.right);
        let mut out = std::mem::take(&mut self.open);
        out.extend(on);
        self.meet(out);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
        if diverges::panics(mac) {
            self.open.clear();
        }
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        if awaits::in_pat(pat) {
            visit::visit_pat(self, pat);
        }
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// An operation, by the name of what is called.
fn winner_text(winner: &Expr) -> String {
    match winner {
        Expr::Call(call) => text::of(&call.func),
        Expr::MethodCall(call) => winner_text(&call.receiver),
        Expr::Async(_) => "block".to_owned(),
        other => text::of(other),
    }
}
