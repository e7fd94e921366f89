//! Awaits where they cannot be lowered.

use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprAsync, ExprBinary, ExprCall, ExprClosure, ExprConst, Item, Local, Macro,
    Stmt,
};

use super::{catalog, jumps};
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::{awaits, fork, macros, place, writes};

pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    Checker { diag }.visit_block(&flow.body);
}

struct Checker<'a> {
    diag: &'a mut Diagnostics,
}

impl<'ast> Visit<'ast> for Checker<'_> {
    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        if let Stmt::Item(Item::Macro(item)) = stmt
            && item.ident.is_some()
        {
            self.diag.refuse(&item.mac.path, catalog::MACRO_IN_BODY);
            return;
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        self.conditional(&local.attrs);
        visit::visit_local(self, local);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        if awaits::in_expr(expr) {
            self.conditional(attributes(expr));
            if matches!(
                expr,
                Expr::Yield(_) | Expr::TryBlock(_) | Expr::Verbatim(_) | Expr::RawAddr(_)
            ) {
                return self.diag.refuse(expr, catalog::UNKNOWN_SYNTAX);
            }
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        if let Some(found) = inside(&closure.body) {
            self.diag.refuse(found, catalog::AWAIT_IN_CLOSURE);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if fork::of(call).is_none() {
            return visit::visit_expr_call(self, call);
        }
        for operand in &call.args {
            match operand {
                Expr::Async(block) => {
                    jumps::check(&block.block, self.diag);
                    self.visit_block(&block.block);
                }
                op if awaits::in_expr(op) => {
                    let found = inside(op);
                    self.diag.refuse(found, catalog::AWAIT_IN_OPERAND);
                }
                op => self.visit_expr(op),
            }
        }
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        let body = quote::ToTokens::to_token_stream(&block.block);
        if awaits::in_tokens(&body).is_some() {
            self.diag.refuse(block.async_token, catalog::ASYNC_BLOCK);
        }
    }

    fn visit_expr_const(&mut self, block: &'ast ExprConst) {
        let tokens = quote::ToTokens::to_token_stream(&block.block);
        if let Some(found) = awaits::in_tokens(&tokens) {
            self.diag.refuse(found, catalog::AWAIT_IN_CONST);
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        let both = writes::assigns(&binary.op)
            && awaits::in_expr(&binary.right)
            && place::of(&binary.left).is_none();
        if both {
            self.diag.refuse(binary.op, catalog::ORDER_OF_ASSIGNMENT);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_macro(&mut self, mac: &Macro) {
        if fork::named(&mac.path).is_some() {
            return self.diag.refuse(&mac.path, catalog::FORK_SYNTAX);
        }
        let Some(found) = awaits::in_tokens(&mac.tokens) else {
            return;
        };
        let Some(arguments) = macros::arguments(mac) else {
            return self.diag.refuse(found, catalog::AWAIT_IN_MACRO);
        };
        if let Some(found) = awaits::in_tokens(&arguments.rest) {
            return match macros::as_match(mac) {
                Some(matched) => self.visit_expr_match(&matched),
                None => self.diag.refuse(found, catalog::AWAIT_IN_MACRO),
            };
        }
        for (index, argument) in arguments.exprs.iter().enumerate() {
            match inside(argument) {
                Some(found) if index >= arguments.eager => {
                    self.diag.refuse(found, catalog::AWAIT_IN_MESSAGE);
                }
                _ => self.visit_expr(argument),
            }
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

impl Checker<'_> {
    fn conditional(&mut self, attrs: &[Attribute]) {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("cfg")) {
            self.diag.refuse(attr, catalog::CFG_ON_AWAIT);
        }
    }
}

/// The first await in the tokens of `expr`.
fn inside(expr: &Expr) -> Option<proc_macro2::TokenTree> {
    awaits::in_tokens(&quote::ToTokens::to_token_stream(expr))
}

/// The attributes of an expression that can stand as a statement.
fn attributes(expr: &Expr) -> &[Attribute] {
    match expr {
        Expr::Await(expr) => &expr.attrs,
        Expr::Block(expr) => &expr.attrs,
        Expr::Call(expr) => &expr.attrs,
        Expr::ForLoop(expr) => &expr.attrs,
        Expr::If(expr) => &expr.attrs,
        Expr::Loop(expr) => &expr.attrs,
        Expr::Macro(expr) => &expr.attrs,
        Expr::Match(expr) => &expr.attrs,
        Expr::MethodCall(expr) => &expr.attrs,
        Expr::Try(expr) => &expr.attrs,
        Expr::While(expr) => &expr.attrs,
        _ => &[],
    }
}
