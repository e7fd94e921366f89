//! Which values may be shared borrows that cannot be made again. The types say
//! so only to rustc: generated code finds out by them, for the locals that are
//! picked here. For the others no type has to be known where they are kept.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAssign, ExprForLoop, ExprMethodCall, Local, Macro, Pat, Stmt, Type};

use super::Desugar;
use super::asked::Asked;
use crate::ids::LocalId;
use crate::syntax::{iterator, macros, methods, order, pattern, place};

impl Desugar {
    /// Marks `locals` if they are bound to what may be a borrow, or to an
    /// iterator.
    pub(super) fn lend(&mut self, locals: &[LocalId], value: &Expr) {
        if self.may_borrow(value) || iterator::is_whole(value) {
            self.lend_all(locals);
        }
    }

    /// Marks `locals` if they are bound to a collection of borrows whose type
    /// is written down.
    pub(super) fn lend_collected(&mut self, locals: &[LocalId], value: &Expr, ty: Option<&Type>) {
        if let Expr::MethodCall(call) = value
            && call.method == "collect"
            && (ty.is_some() || call.turbofish.is_some())
            && self.gives_borrows(&call.receiver)
        {
            self.lend_all(locals);
        }
    }

    /// Marks `locals` if their type says that they are borrows, or if an
    /// assignment makes them one.
    pub(super) fn lend_annotated(&mut self, locals: &[LocalId], ty: Option<&Type>) {
        let borrows = ty.is_some_and(|ty| ty.to_token_stream().to_string().contains('&'));
        let lent: Vec<LocalId> = locals
            .iter()
            .copied()
            .filter(|local| borrows || self.assigned.contains(&self.locals[*local].name))
            .collect();
        self.lend_all(&lent);
    }

    /// Marks those of `locals` that rustc is asked about.
    pub(super) fn ask(&mut self, locals: &[LocalId], ty: Option<&Type>, value: Option<&Expr>) {
        let borrows = ty.is_some_and(Asked::borrows);
        let is_open = ty.is_none_or(Asked::may_borrow);
        let holds = value.is_some_and(|value| self.asked.may_hold(value));
        for local in locals {
            let row = &mut self.locals[*local];
            if let Some(value) = value.filter(|value| self.asked.has_closure(&row.name, value)) {
                if !iterator::sources(value).is_empty() {
                    self.scopes.lazy.insert(*local);
                }
                continue;
            }
            let asked = borrows || is_open && (holds || self.asked.has(&row.name));
            row.is_asked |= row.derived_from.is_none() && (asked || row.is_lent);
        }
    }

    pub(super) fn lend_all(&mut self, locals: &[LocalId]) {
        for local in locals {
            let row = &mut self.locals[*local];
            row.is_lent = row.derived_from.is_none();
        }
    }

    /// Whether the items of an iterator may be borrows.
    pub(super) fn gives_borrows(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(paren) => self.gives_borrows(&paren.expr),
            Expr::Path(path) => place::variable(path).is_some_and(|name| self.is_lent(name)),
            Expr::Array(array) => array.elems.iter().any(|item| self.may_borrow(item)),
            Expr::Macro(mac) => {
                let known = macros::arguments(&mac.mac);
                known.is_some_and(|known| known.exprs.iter().any(|item| self.may_borrow(item)))
            }
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                let is_source = iterator::is_source(&method) && !method.ends_with("_mut");
                !matches!(method.as_str(), "cloned" | "copied")
                    && (is_source || self.gives_borrows(&call.receiver))
            }
            _ => false,
        }
    }

    /// Whether a value may be a borrow, as far as it shows.
    pub(super) fn may_borrow(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) => place::is_borrow(expr),
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::Paren(paren) => self.may_borrow(&paren.expr),
            Expr::Group(group) => self.may_borrow(&group.expr),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.may_borrow(part)),
            Expr::Try(tried) => self.may_borrow(&tried.expr),
            Expr::Path(path) => place::variable(path).is_some_and(|name| self.is_lent(name)),
            Expr::Block(block) => self.ends_in_borrow(&block.block),
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref();
                self.ends_in_borrow(&branch.then_branch)
                    || otherwise.is_some_and(|(_, otherwise)| self.may_borrow(otherwise))
            }
            Expr::Match(matched) => matched.arms.iter().any(|arm| self.may_borrow(&arm.body)),
            Expr::Call(call) => {
                wraps(&call.func) && call.args.iter().any(|value| self.may_borrow(value))
            }
            Expr::MethodCall(call) => self.gives_borrow(call),
            _ => false,
        }
    }

    fn ends_in_borrow(&self, block: &Block) -> bool {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.may_borrow(value),
            _ => false,
        }
    }

    fn is_lent(&self, name: &Ident) -> bool {
        self.found(name).is_some_and(|local| {
            let row = &self.locals[local];
            row.is_lent || row.is_borrow
        })
    }

    fn gives_borrow(&self, call: &ExprMethodCall) -> bool {
        let method = call.method.to_string();
        methods::lends(&method)
            || methods::passes_on(&method)
                && (self.may_borrow(&call.receiver)
                    || call.args.iter().any(|value| self.may_borrow(value)))
    }
}

/// The names to which some assignment of the body gives a borrow, and the
/// collections into which one is put, as far as it shows before anything is bound.
pub(super) fn assigned(body: &Block) -> BTreeSet<String> {
    let mut finder = Finder::default();
    finder.visit_block(body);
    finder.assigned
}

#[derive(Default)]
struct Finder {
    borrows: BTreeSet<String>,
    assigned: BTreeSet<String>,
}
impl Finder {
    fn is_borrow(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) => place::is_borrow(expr),
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::Path(path) => {
                place::variable(path).is_some_and(|name| self.borrows.contains(&name.to_string()))
            }
            Expr::Call(call) => {
                wraps(&call.func) && call.args.iter().any(|value| self.is_borrow(value))
            }
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                methods::lends(&method) || methods::is_projection(&method)
            }
            Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.is_borrow(part)),
            _ => false,
        }
    }

    fn borrowed(&mut self, pat: &Pat) {
        let names = pattern::bindings(pat).into_iter();
        self.borrows
            .extend(names.map(|bound| bound.ident.to_string()));
    }
}
impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        let is_source = |expr: &Expr| match expr {
            Expr::MethodCall(call) => iterator::is_source(&call.method.to_string()),
            _ => false,
        };
        if self.is_borrow(&looped.expr) || is_source(&looped.expr) {
            self.borrowed(&looped.pat);
        }
        visit::visit_expr_for_loop(self, looped);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init
            && self.is_borrow(&init.expr)
        {
            self.borrowed(&local.pat);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let fills = methods::fills(&call.method.to_string());
        if fills && call.args.iter().any(|value| self.is_borrow(value)) {
            let filled = filled(&call.receiver).map(ToString::to_string);
            self.assigned.extend(filled);
        }
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        for (left, right) in order::assigned(&assign.left, &assign.right) {
            if let Expr::Path(path) = left
                && let Some(name) = path.path.get_ident()
                && self.is_borrow(right)
            {
                self.assigned.insert(name.to_string());
            }
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
    }
}

/// The collection of `all.entry(key).or_default()`.
fn filled(receiver: &Expr) -> Option<&Ident> {
    match receiver {
        Expr::MethodCall(call) => filled(&call.receiver),
        Expr::Path(path) => place::variable(path),
        _ => None,
    }
}

/// `Some`, `Ok` and `Err`.
fn wraps(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| ["Some", "Ok", "Err"].iter().any(|name| last.ident == name))
}
