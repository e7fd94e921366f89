//! Variables that are empty at first and get borrows later: where an await comes
//! before the first of them, rustc knows only that it is an option or a list.
//!
//! ```text
//! let mut last = None; for item in &items { check(item).await; last = Some(item) }
//! ```
//!
//! What is put into them says it: then it need not be asked.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAssign, ExprForLoop, ExprMethodCall, ExprReference, Local, Macro, Pat};

use crate::model::Shape;
use crate::syntax::{methods, opaque, pattern, place};

/// The shape that all code agrees on, for each name that has one.
pub(super) fn of(body: &Block) -> BTreeMap<String, Shape> {
    let mut finder = Finder::default();
    finder.visit_block(body);
    let shapes = finder.shapes.into_iter();
    shapes
        .filter_map(|(name, shape)| Some((name, shape?)))
        .collect()
}

/// Whether an expression is empty, of a shape: `None`, `Vec::new()`, `vec![]`.
pub(super) fn is_empty(expr: &Expr, shape: Shape) -> bool {
    match (expr, shape) {
        (Expr::Path(path), Shape::Maybe) => path.path.is_ident("None"),
        (Expr::Macro(mac), Shape::List) => {
            mac.mac.path.is_ident("vec") && mac.mac.tokens.is_empty()
        }
        (Expr::Call(call), Shape::List) => {
            let Expr::Path(path) = &*call.func else {
                return false;
            };
            let words = path.path.segments.iter().map(|word| word.ident.to_string());
            let is_plain = path
                .path
                .segments
                .iter()
                .all(|word| word.arguments.is_none());
            is_plain && words.collect::<Vec<_>>() == ["Vec", "new"]
        }
        _ => false,
    }
}

#[derive(Default)]
struct Finder {
    /// `None` where code does not agree.
    shapes: BTreeMap<String, Option<Shape>>,
    /// What is known to be a shared borrow.
    borrows: Vec<String>,
}

impl Finder {
    fn propose(&mut self, name: &str, shape: Option<Shape>) {
        let known = self.shapes.entry(name.to_owned()).or_insert(shape);
        if *known != shape {
            *known = None;
        }
    }

    fn is_borrow(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) => place::is_borrow(expr),
            Expr::Paren(paren) => self.is_borrow(&paren.expr),
            Expr::Path(path) => {
                let name = place::variable(path).map(ToString::to_string);
                name.is_some_and(|name| self.borrows.contains(&name))
            }
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::MethodCall(call) => methods::gives_borrow(&call.method.to_string()),
            _ => false,
        }
    }

    fn bind(&mut self, pat: &Pat, is_borrow: bool) {
        for bound in pattern::bindings(pat) {
            let name = bound.ident.to_string();
            self.borrows.retain(|known| *known != name);
            if is_borrow && matches!(pat, Pat::Ident(_)) {
                self.borrows.push(name);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let init = local.init.as_ref();
        let is_borrow = init.is_some_and(|init| self.is_borrow(&init.expr));
        self.bind(&local.pat, is_borrow);
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        let gives_borrows = match &*looped.expr {
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                matches!(method.as_str(), "iter" | "keys" | "values" | "lines")
            }
            _ => false,
        };
        self.bind(&looped.pat, gives_borrows);
        visit::visit_expr_for_loop(self, looped);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.bind(&arm.pat, false);
        visit::visit_arm(self, arm);
    }

    fn visit_expr_let(&mut self, bound: &'ast syn::ExprLet) {
        self.bind(&bound.pat, false);
        visit::visit_expr_let(self, bound);
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        visit::visit_expr_assign(self, assign);
        let Expr::Path(left) = &*assign.left else {
            return;
        };
        let Some(name) = place::variable(left) else {
            return;
        };
        let shape = match &*assign.right {
            Expr::Path(right) if right.path.is_ident("None") => return,
            Expr::Call(call) => {
                let is_some = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some"));
                let is_borrow = call.args.iter().all(|value| self.is_borrow(value));
                (is_some && is_borrow).then_some(Shape::Maybe)
            }
            _ => None,
        };
        self.propose(&name.to_string(), shape);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let Expr::Path(receiver) = &*call.receiver else {
            return;
        };
        let Some(name) = place::variable(receiver) else {
            return;
        };
        let method = call.method.to_string();
        if method == "push" {
            let is_borrow = call.args.iter().all(|value| self.is_borrow(value));
            self.propose(&name.to_string(), is_borrow.then_some(Shape::List));
        } else if methods::puts(&method) {
            self.propose(&name.to_string(), None);
        }
    }

    fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
        if reference.mutability.is_some()
            && let Some(place) = place::of(&reference.expr)
        {
            self.propose(&place.root.to_string(), None);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        if crate::syntax::macros::arguments(mac).is_none() {
            for name in opaque::names(mac) {
                self.propose(&name, None);
            }
        }
    }
}
