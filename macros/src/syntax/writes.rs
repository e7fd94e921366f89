//! Whether code may change a variable, or a part of it.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Expr, ExprAssign, ExprBinary, ExprCall, ExprClosure, ExprLet, ExprMatch, ExprMethodCall,
    ExprReference, Local, Macro, Member, Pat, PatIdent,
};

use super::scopes::scoped_visits;
use super::uses::fields_of;
use super::{macros, methods, opaque, order, pattern};

/// Whether evaluating `expr` may change the variable `root`.
pub(crate) fn may_write(root: &Ident, behind: bool, expr: &Expr) -> bool {
    may_write_to(root, &[], behind, expr)
}

/// Whether evaluating `expr` may change what lies at `fields` of the variable
/// `root`; `behind` says that it may lie behind a reference.
pub(super) fn may_write_to(root: &Ident, fields: &[Member], behind: bool, expr: &Expr) -> bool {
    let mut finder = Writes {
        root,
        fields,
        behind,
        is_hidden: false,
        found: false,
    };
    finder.visit_expr(expr);
    finder.found
}

struct Writes<'a> {
    root: &'a Ident,
    fields: &'a [Member],
    /// Whether the place lies behind a dereference of the root.
    behind: bool,
    /// Whether another variable has its name.
    is_hidden: bool,
    found: bool,
}

impl Writes<'_> {
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.is_hidden;
        visit(self);
        self.is_hidden = outer;
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat);
        self.is_hidden |= bound.iter().any(|bound| bound.ident == *self.root);
    }

    fn target(&mut self, expr: &Expr) {
        if self.is_hidden {
            return;
        }
        self.found |= match expr {
            Expr::Path(path) => path.path.get_ident() == Some(self.root),
            Expr::Field(field) => match fields_of(field) {
                Ok((root, fields)) => root == self.root && meet(&fields, self.fields),
                Err(base) => return self.target(base),
            },
            Expr::Unary(unary) => return self.target(&unary.expr),
            Expr::Index(index) => return self.target(&index.expr),
            _ => {
                let inner = order::targets(expr).unwrap_or_default();
                return inner.into_iter().for_each(|left| self.target(left));
            }
        };
    }

    /// A `ref mut` in `pat` can write to what is matched.
    fn matched(&mut self, pat: &Pat, expr: &Expr) {
        let writes = |ident: &&PatIdent| ident.by_ref.is_some() && ident.mutability.is_some();
        if pattern::bindings(pat).iter().any(writes) {
            self.target(expr);
        }
    }

    /// A reference that is handed over, by its name: what it points to can be
    /// written through it.
    fn handed(&mut self, expr: &Expr) {
        if self.behind && matches!(expr, Expr::Path(_)) {
            self.target(expr);
        }
    }
}

impl<'ast> Visit<'ast> for Writes<'_> {
    scoped_visits!();

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|own| {
            closure.inputs.iter().for_each(|input| own.bind(input));
            own.visit_expr(&closure.body);
        });
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.target(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if assigns(&binary.op) {
            self.target(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
        if reference.mutability.is_some() {
            self.target(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        call.args.iter().for_each(|argument| self.handed(argument));
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.matched(&bound.pat, &bound.expr);
        visit::visit_expr_let(self, bound);
        self.bind(&bound.pat);
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
            self.handed(&init.expr);
        }
        visit::visit_local(self, local);
        self.bind(&local.pat);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        call.args.iter().for_each(|argument| self.handed(argument));
        if !methods::leaves(&call.method.to_string()) {
            self.target(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(known) = macros::arguments(mac) else {
            self.found |= opaque::names(mac).contains(&self.root.to_string());
            return;
        };
        if mac.path.is_ident("write") || mac.path.is_ident("writeln") {
            known
                .exprs
                .first()
                .into_iter()
                .for_each(|to| self.target(to));
        }
        self.found |= known.exprs.iter().any(|expr| {
            let mut inner = Writes {
                found: false,
                ..*self
            };
            inner.visit_expr(expr);
            inner.found
        });
    }
}

/// Whether one of two paths of fields leads into the other.
fn meet(one: &[Member], other: &[Member]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

/// Whether `op` is one of `+=`, `-=` and their like.
pub(crate) fn assigns(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}
