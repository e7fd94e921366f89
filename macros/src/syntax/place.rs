//! Places: expressions that name a memory location and do nothing else.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Expr, ExprAssign, ExprBinary, ExprClosure, ExprMethodCall, ExprPath, ExprReference,
    Macro, UnOp,
};

use super::uses;

/// A local with fields, indices and dereferences behind it.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pub(crate) root: &'a Ident,
    /// The locals that its indices name.
    pub(crate) indices: Vec<&'a Ident>,
}

/// The place that `expr` is, if it is one.
pub(crate) fn of(expr: &Expr) -> Option<Place<'_>> {
    match expr {
        Expr::Path(path) => Some(Place {
            root: variable(path)?,
            indices: Vec::new(),
        }),
        Expr::Field(field) => of(&field.base),
        Expr::Paren(paren) => of(&paren.expr),
        Expr::Group(group) => of(&group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => of(&unary.expr),
        Expr::Index(index) => {
            let mut place = of(&index.expr)?;
            constant_index(&index.index, &mut place.indices)?;
            Some(place)
        }
        _ => None,
    }
}

/// The identifier of a path that can be a local variable.
pub(crate) fn variable(path: &ExprPath) -> Option<&Ident> {
    let ident = path.path.get_ident()?;
    let constant = ident.to_string().starts_with(char::is_uppercase);
    (path.qself.is_none() && !constant).then_some(ident)
}

/// Accepts literals, locals and ranges of them as index.
fn constant_index<'a>(index: &'a Expr, locals: &mut Vec<&'a Ident>) -> Option<()> {
    match index {
        Expr::Lit(_) => Some(()),
        Expr::Path(path) => {
            locals.push(variable(path)?);
            Some(())
        }
        Expr::Range(range) => {
            for end in [&range.start, &range.end].into_iter().flatten() {
                constant_index(end, locals)?;
            }
            Some(())
        }
        _ => None,
    }
}

impl Place<'_> {
    /// Whether evaluating `expr` may change what the place is or holds.
    pub(crate) fn may_change(&self, expr: &Expr) -> bool {
        self.indices
            .iter()
            .chain([&self.root])
            .any(|name| may_write(name, expr))
    }
}

/// Whether evaluating `expr` may change the variable `root`.
fn may_write(root: &Ident, expr: &Expr) -> bool {
    let mut finder = Writes { root, found: false };
    finder.visit_expr(expr);
    finder.found
}

struct Writes<'a> {
    root: &'a Ident,
    found: bool,
}

impl Writes<'_> {
    fn target(&mut self, expr: &Expr) {
        self.found |= of(expr).is_some_and(|place| place.root == self.root);
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

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.target(&call.receiver);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let names = uses::of_expr(&Expr::Closure(closure.clone()));
        self.found |= names.contains(&self.root.to_string());
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.found |= uses::of_macro(mac).contains(&self.root.to_string());
    }
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
