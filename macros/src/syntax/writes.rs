//! Whether code may change a variable, or a part of it.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Expr, ExprAssign, ExprBinary, ExprCall, ExprLet, ExprMatch, ExprMethodCall,
    ExprReference, Local, Macro, Member, Pat, PatIdent,
};

use super::uses::fields_of;
use super::{macros, methods, opaque, order};

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
        found: false,
        handed: false,
    };
    finder.visit_expr(expr);
    // What is bound inside may have the same name.
    let name = root.to_string();
    finder.found && order::uses_any(expr, &name) || finder.handed && order::names(expr, &name, &[])
}

struct Writes<'a> {
    root: &'a Ident,
    fields: &'a [Member],
    /// Whether the place lies behind a dereference of the root.
    behind: bool,
    found: bool,
    /// Whether something of its name is handed over.
    handed: bool,
}

impl Writes<'_> {
    fn target(&mut self, expr: &Expr) {
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
        if super::pattern::bindings(pat).iter().any(writes) {
            self.target(expr);
        }
    }

    /// A reference that is handed over, by its name: what it points to can be
    /// written through it.
    fn handed(&mut self, expr: &Expr) {
        if let (true, Expr::Path(path)) = (self.behind, expr) {
            self.handed |= path.path.get_ident() == Some(self.root);
        }
    }
}

impl<'ast> Visit<'ast> for Writes<'_> {
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
                handed: false,
                ..*self
            };
            inner.visit_expr(expr);
            self.handed |= inner.handed;
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
