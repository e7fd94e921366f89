//! Places: expressions that name a memory location and do nothing else.

use proc_macro2::Ident;
use syn::{Expr, ExprPath, ExprReference, Member, UnOp};

use super::{uses, writes};

/// A local with fields, indices and dereferences behind it.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pub(crate) root: &'a Ident,
    /// The locals that its indices name.
    pub(crate) indices: Vec<&'a Ident>,
    /// Whether it may lie behind a reference.
    pub(crate) behind: bool,
    /// The fields that come first.
    pub(crate) fields: Vec<Member>,
    /// Whether nothing but fields came so far.
    fields_only: bool,
}

/// The place that `expr` is, if it is one.
pub(crate) fn of(expr: &Expr) -> Option<Place<'_>> {
    match expr {
        Expr::Path(path) => Some(Place {
            root: variable(path)?,
            indices: Vec::new(),
            behind: false,
            fields: Vec::new(),
            fields_only: true,
        }),
        Expr::Field(field) => {
            let mut place = of(&field.base)?;
            place.behind = true;
            if place.fields_only {
                place.fields.push(field.member.clone());
            }
            Some(place)
        }
        Expr::Paren(paren) => of(&paren.expr),
        Expr::Group(group) => of(&group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Some(behind(of(&unary.expr)?)),
        Expr::Index(index) => {
            let mut place = of(&index.expr)?;
            constant_index(&index.index, &mut place.indices)?;
            Some(behind(place))
        }
        _ => None,
    }
}

fn behind(place: Place<'_>) -> Place<'_> {
    Place {
        behind: true,
        fields_only: false,
        ..place
    }
}

/// The identifier of a path that can be a local variable.
pub(crate) fn variable(path: &ExprPath) -> Option<&Ident> {
    let ident = path.path.get_ident()?;
    let constant = ident.to_string().starts_with(char::is_uppercase);
    (path.qself.is_none() && !constant).then_some(ident)
}

/// Whether `reference` borrows a value that has no name: not a place, nor a
/// part of one, nor a constant.
pub(crate) fn borrows_value(reference: &ExprReference) -> bool {
    !borrows_constant(reference) && is_value(&reference.expr)
}

fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_value(&paren.expr),
        Expr::Group(group) => is_value(&group.expr),
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => false,
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)),
        _ => true,
    }
}

/// Whether `reference` borrows what is the same whenever it is evaluated.
pub(crate) fn borrows_constant(reference: &ExprReference) -> bool {
    reference.mutability.is_none() && is_constant(&reference.expr)
}

/// Whether `expr` is the same whenever it is evaluated, and lives for ever
/// where it is borrowed.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.qself.is_none() && variable(path).is_none(),
        Expr::Paren(paren) => is_constant(&paren.expr),
        Expr::Group(group) => is_constant(&group.expr),
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_constant(&unary.expr),
        Expr::Reference(inner) => inner.mutability.is_none() && is_constant(&inner.expr),
        Expr::Array(array) => array.elems.iter().all(is_constant),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant),
        _ => false,
    }
}

/// Whether a literal is a borrow: of a string, or of bytes.
pub(crate) fn is_borrow(expr: &Expr) -> bool {
    use syn::Lit;
    matches!(expr, Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_)))
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
    /// Whether it is a local, or a field of one.
    pub(crate) fn is_field(&self) -> bool {
        self.fields_only
    }

    /// Whether evaluating `expr` may change what the place is or holds.
    pub(crate) fn may_change(&self, expr: &Expr) -> bool {
        self.indices_may_change(expr)
            || writes::may_write_to(self.root, &self.fields, self.behind, expr)
    }

    /// Whether evaluating `expr` may move away what the place lies in.
    pub(crate) fn may_move(&self, expr: &Expr) -> bool {
        let used = uses::paths_of_expr(expr);
        let mut used = used.get(&self.root.to_string()).into_iter().flatten();
        used.any(|(_, fields)| {
            let is_around = fields.len() < self.fields.len() || !self.fields_only;
            is_around && self.fields.starts_with(fields)
        })
    }

    /// Whether evaluating `expr` may change which place it is.
    pub(crate) fn indices_may_change(&self, expr: &Expr) -> bool {
        self.indices
            .iter()
            .any(|name| writes::may_write(name, false, expr))
    }
}
