//! Awaits where they cannot be lowered.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Expr, ExprAsync, ExprCall, ExprClosure, ExprConst, ExprMatch, ExprRepeat,
    FieldValue, GenericArgument, Item, Local, Macro, Pat, Stmt, TypeArray,
};

use super::{alternatives, catalog, jumps, outputs};
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::fork::Kind;
use crate::syntax::{awaits, calls, conditional, fork, guards, macros, uses};

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
            self.conditional(conditional::attributes(expr));
            if !is_known(expr) {
                return self.diag.refuse(expr, catalog::UNKNOWN_SYNTAX);
            }
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        let names = uses::paths_of_expr(&matched.expr);
        for arm in &matched.arms {
            if let Pat::Guard(guarded) = &arm.pat
                && guards::is_apart(arm)
                && let bound = guards::bound(&guarded.guard)
                && names.keys().any(|name| bound.contains(name))
            {
                self.diag
                    .refuse(&guarded.guard, catalog::GUARD_HIDES_MATCHED);
            }
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if awaits::in_expr(&arm.body) || awaits::in_pat(&arm.pat) {
            self.conditional(&arm.attrs);
        }
        if let Pat::Guard(guarded) = &arm.pat
            && guards::is_apart(arm)
            && let Some(found) = alternatives::overlapping(&guarded.pat)
        {
            self.diag.refuse(found, catalog::GUARD_OF_ALTERNATIVES);
        }
        visit::visit_arm(self, arm);
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        if awaits::in_expr(&field.expr) {
            self.conditional(&field.attrs);
        }
        visit::visit_field_value(self, field);
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast ExprRepeat) {
        self.visit_expr(&repeat.expr);
        self.constant(&repeat.len);
    }

    fn visit_type_array(&mut self, array: &'ast TypeArray) {
        self.visit_type(&array.elem);
        self.constant(&array.len);
    }

    fn visit_generic_argument(&mut self, argument: &'ast GenericArgument) {
        match argument {
            GenericArgument::Const(value) => self.constant(value),
            other => visit::visit_generic_argument(self, other),
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        if let Some(found) = inside(&closure.body) {
            self.diag.refuse(found, catalog::AWAIT_IN_CLOSURE);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if calls::of_flow(call).is_some_and(|name| name == "on_failure")
            && let Some(found) = call.args.first().and_then(no_call)
        {
            return self.diag.refuse(found, catalog::ON_FAILURE_OF_NO_CALL);
        }
        let Some(kind) = fork::of(call) else {
            return visit::visit_expr_call(self, call);
        };
        for operand in &call.args {
            match operand {
                Expr::Async(block) => {
                    jumps::out_of_operand(&block.block, self.diag);
                    if kind == Kind::Join {
                        outputs::check(&block.block, self.diag);
                    }
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
        let body = block.block.to_token_stream();
        if awaits::in_tokens(&body).is_some() {
            self.diag.refuse(block.async_token, catalog::ASYNC_BLOCK);
        }
    }

    fn visit_expr_const(&mut self, block: &'ast ExprConst) {
        self.constant(&block.block);
    }

    fn visit_macro(&mut self, mac: &Macro) {
        if fork::named(&mac.path).is_some() {
            return match crate::fork::misread(mac) {
                Some(error) => self.diag.take(at_its_place(&error)),
                None => self.diag.refuse(&mac.path, catalog::FORK_SYNTAX),
            };
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
    /// Refuses awaits in what is computed at compile time.
    fn constant(&mut self, value: &impl ToTokens) {
        if let Some(found) = awaits::in_tokens(&value.to_token_stream()) {
            self.diag.refuse(found, catalog::AWAIT_IN_CONST);
        }
    }

    fn conditional(&mut self, attrs: &[Attribute]) {
        for attr in attrs.iter().filter(|attr| conditional::is_cfg(attr)) {
            self.diag.refuse(attr, catalog::CFG_ON_AWAIT);
        }
    }
}

/// What shows that a value is no call of an action.
fn no_call(value: &Expr) -> Option<TokenTree> {
    match value {
        Expr::Async(_) | Expr::Closure(_) | Expr::Await(_) => {
            value.to_token_stream().into_iter().next()
        }
        Expr::Paren(paren) => no_call(&paren.expr),
        Expr::Try(tried) => no_call(&tried.expr),
        _ => None,
    }
}

/// The first await in the tokens of `expr`.
fn inside(expr: &Expr) -> Option<TokenTree> {
    awaits::in_tokens(&expr.to_token_stream())
}

/// Whether an await in this kind of expression has a meaning: a rule of
/// `desugar`, or a refusal of its own here. Each kind is named, and a test
/// compares them with those of syn, whose next version may bring another.
#[expect(
    clippy::match_same_arms,
    reason = "what is refused on purpose is named beside what is not known"
)]
fn is_known(expr: &Expr) -> bool {
    match expr {
        Expr::Array(_)
        | Expr::Assign(_)
        | Expr::Await(_)
        | Expr::Binary(_)
        | Expr::Block(_)
        | Expr::Break(_)
        | Expr::Call(_)
        | Expr::Cast(_)
        | Expr::Field(_)
        | Expr::ForLoop(_)
        | Expr::Group(_)
        | Expr::If(_)
        | Expr::Index(_)
        | Expr::Let(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Paren(_)
        | Expr::Range(_)
        | Expr::Reference(_)
        | Expr::Repeat(_)
        | Expr::Return(_)
        | Expr::Struct(_)
        | Expr::Try(_)
        | Expr::Tuple(_)
        | Expr::Unary(_)
        | Expr::Unsafe(_)
        | Expr::While(_) => true,
        // Bodies of their own: the visitor refuses awaits in them.
        Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) => true,
        // Nothing in them is evaluated; a path's types may hold constants,
        // which the visitor refuses.
        Expr::Continue(_) | Expr::Infer(_) | Expr::Lit(_) | Expr::Path(_) => true,
        Expr::RawAddr(_) | Expr::TryBlock(_) | Expr::Verbatim(_) | Expr::Yield(_) => false,
        _ => false,
    }
}

/// The refusal of a fork where the parser stopped, with what it expected.
fn at_its_place(error: &syn::Error) -> syn::Error {
    let text = catalog::FORK_SYNTAX.replacen('\n', &format!(": {error}\n"), 1);
    syn::Error::new(error.span(), text)
}
