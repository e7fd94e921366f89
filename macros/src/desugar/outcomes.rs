//! Outcomes of awaits, where they are used by value: written so that they
//! begin and end where the user's expression does, and rustc's messages show
//! that.

use proc_macro2::{Ident, Span};
use quote::{quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, ExprField, ExprIndex, ExprMethodCall, ExprReference};

use crate::names;

/// Rewrites the temporaries of `expr` of which `place` knows where their await
/// stands.
pub(super) fn show(expr: &mut Expr, place: impl Fn(&Ident) -> Option<(Span, Span)>) {
    Shower(place).visit_expr_mut(expr);
}

struct Shower<F>(F);

impl<F: Fn(&Ident) -> Option<(Span, Span)>> Shower<F> {
    /// What stays a place: it is borrowed, or only a part of it is used.
    fn inside(&mut self, expr: &mut Expr) {
        if !matches!(expr, Expr::Path(_)) {
            self.visit_expr_mut(expr);
        }
    }
}

impl<F: Fn(&Ident) -> Option<(Span, Span)>> VisitMut for Shower<F> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Path(path) = expr
            && let Some(name) = path.path.get_ident()
            && let Some((start, end)) = (self.0)(name)
        {
            let runtime = names::runtime_as_written(start);
            // A field has the type that it has: no other is expected of `name`.
            let outcome = quote_spanned!(start=> #runtime::OfAwait);
            let value = quote_spanned!(end=> (#name).0);
            *expr = Expr::Verbatim(quote!(#outcome #value));
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        self.inside(&mut reference.expr);
    }

    fn visit_expr_field_mut(&mut self, field: &mut ExprField) {
        self.inside(&mut field.base);
    }

    fn visit_expr_index_mut(&mut self, index: &mut ExprIndex) {
        self.inside(&mut index.expr);
        self.visit_expr_mut(&mut index.index);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        self.inside(&mut call.receiver);
        for argument in &mut call.args {
            self.visit_expr_mut(argument);
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
}
