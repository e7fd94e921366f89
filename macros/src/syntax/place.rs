//! Places: expressions that name a memory location and do nothing else.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Expr, ExprAssign, ExprBinary, ExprCall, ExprLet, ExprMatch, ExprMethodCall, ExprPath,
    ExprReference, Local, Macro, Member, Pat, PatIdent, UnOp,
};

use super::{macros, methods, opaque};

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
        self.indices_may_change(expr) || may_write(self.root, self.behind, expr)
    }

    /// Whether evaluating `expr` may change which place it is.
    pub(crate) fn indices_may_change(&self, expr: &Expr) -> bool {
        self.indices.iter().any(|name| may_write(name, false, expr))
    }
}

/// Whether evaluating `expr` may change the variable `root`.
pub(crate) fn may_write(root: &Ident, behind: bool, expr: &Expr) -> bool {
    let mut finder = Writes {
        root,
        behind,
        found: false,
    };
    finder.visit_expr(expr);
    finder.found
}

struct Writes<'a> {
    root: &'a Ident,
    /// Whether the place lies behind a dereference of the root.
    behind: bool,
    found: bool,
}

impl Writes<'_> {
    fn target(&mut self, expr: &Expr) {
        self.found |= match expr {
            Expr::Path(path) => path.path.get_ident() == Some(self.root),
            Expr::Field(field) => return self.target(&field.base),
            Expr::Paren(paren) => return self.target(&paren.expr),
            Expr::Group(group) => return self.target(&group.expr),
            Expr::Unary(unary) => return self.target(&unary.expr),
            Expr::Index(index) => return self.target(&index.expr),
            Expr::Tuple(tuple) => return tuple.elems.iter().for_each(|left| self.target(left)),
            Expr::Array(array) => return array.elems.iter().for_each(|left| self.target(left)),
            Expr::Call(call) => return call.args.iter().for_each(|left| self.target(left)),
            Expr::Struct(built) => {
                let lefts = built.fields.iter().map(|field| &field.expr);
                return lefts.for_each(|left| self.target(left));
            }
            _ => false,
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
        if self.behind && matches!(expr, Expr::Path(_)) {
            self.target(expr);
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
        if !methods::reads(&call.method.to_string()) {
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
        self.found |= known
            .exprs
            .iter()
            .any(|expr| may_write(self.root, self.behind, expr));
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
