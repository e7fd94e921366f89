//! Variables that a body may change in another way than by replacing all of what they
//! hold, one statement after the other.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprAssign, ExprAsync, ExprBinary, ExprClosure, ExprLet, ExprMatch,
    ExprMethodCall, ExprReference, Local, Macro, Pat,
};

use super::{macros, opaque, order, pattern, place, writes};

/// Methods that do not change what they are called on. Few: nothing else would find out
/// that a user's own does.
const READING: [&str; 8] = [
    "as_ref",
    "as_str",
    "clone",
    "concat",
    "is_empty",
    "iter",
    "len",
    "to_string",
];

/// The names of such variables.
pub(crate) fn in_place(body: &Block) -> BTreeSet<String> {
    let mut finder = Changed::default();
    finder.visit_block(body);
    finder.names
}

#[derive(Default)]
struct Changed {
    names: BTreeSet<String>,
    /// Whether it is code of a closure or of a block of its own.
    is_inner: bool,
}

impl Changed {
    fn change(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(path) => self
                .names
                .extend(place::variable(path).map(ToString::to_string)),
            Expr::Field(field) => self.change(&field.base),
            Expr::Index(index) => self.change(&index.expr),
            Expr::Unary(unary) => self.change(&unary.expr),
            Expr::Paren(paren) => self.change(&paren.expr),
            Expr::Group(group) => self.change(&group.expr),
            Expr::MethodCall(call) => self.change(&call.receiver),
            _ => {}
        }
    }

    fn replace(&mut self, left: &Expr) {
        if matches!(left, Expr::Path(_)) && !self.is_inner {
            return;
        }
        match order::targets(left) {
            Some(inner) => inner.into_iter().for_each(|left| self.replace(left)),
            None => self.change(left),
        }
    }

    fn matched(&mut self, pat: &Pat, expr: &Expr) {
        let bound = pattern::bindings(pat).into_iter();
        let mut by_ref = bound.filter(|ident| ident.by_ref.is_some());
        if by_ref.any(|ident| ident.mutability.is_some()) {
            self.change(expr);
        }
    }

    fn inner(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.is_inner, true);
        visit(self);
        self.is_inner = outer;
    }
}

impl<'ast> Visit<'ast> for Changed {
    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.replace(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if writes::assigns(&binary.op) {
            self.change(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
        if reference.mutability.is_some() {
            self.change(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if !READING.iter().any(|name| call.method == name) {
            self.change(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.matched(&bound.pat, &bound.expr);
        visit::visit_expr_let(self, bound);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        for arm in &matched.arms {
            self.matched(&arm.pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.matched(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.inner(|own| visit::visit_expr_closure(own, closure));
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        self.inner(|own| visit::visit_expr_async(own, block));
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(known) = macros::arguments(mac) else {
            self.names.extend(opaque::names(mac));
            return;
        };
        if mac.path.is_ident("write") || mac.path.is_ident("writeln") {
            known
                .exprs
                .first()
                .into_iter()
                .for_each(|to| self.change(to));
        }
        known.exprs.iter().for_each(|expr| self.visit_expr(expr));
    }
}
