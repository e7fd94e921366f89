//! Outcomes of awaits, where they are used by value: written so that they
//! begin and end where the user's expression does, and rustc's messages show
//! that.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprAsync, ExprClosure, ExprField, ExprIndex, ExprMethodCall, ExprReference, Item, Macro,
};

use crate::names;
use crate::syntax::macros;

/// Rewrites the temporaries of `expr` of which `place` knows where their await
/// stands; `is_last` says that nothing borrows from them any more.
pub(super) fn show(expr: &mut Expr, is_last: bool, place: impl Fn(&Ident) -> Option<(Span, Span)>) {
    Shower { place, is_last }.visit_expr_mut(expr);
}

/// Whether one of `tokens` is such a name.
fn names_any(tokens: TokenStream, is_such: &impl Fn(&Ident) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => is_such(&name),
        TokenTree::Group(group) => names_any(group.stream(), is_such),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

struct Shower<F> {
    place: F,
    is_last: bool,
}

impl<F: Fn(&Ident) -> Option<(Span, Span)>> Shower<F> {
    /// Where the await stands whose outcome `expr` is.
    fn place(&self, expr: &Expr) -> Option<(Span, Span)> {
        match expr {
            Expr::Path(path) => (self.place)(path.path.get_ident()?),
            _ => None,
        }
    }

    /// What stays a place: it is borrowed, or only a part of it is used.
    fn inside(&mut self, expr: &mut Expr) {
        if !matches!(expr, Expr::Path(_)) {
            self.visit_expr_mut(expr);
        }
    }
}

impl<F: Fn(&Ident) -> Option<(Span, Span)>> VisitMut for Shower<F> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some((start, end)) = self.place(expr) {
            let runtime = names::runtime_as_written(start);
            // A field has the type that it has: no other is expected of it.
            let outcome = quote_spanned!(start=> #runtime::OfAwait);
            let value = quote_spanned!(end=> (#expr).0);
            *expr = Expr::Verbatim(quote!(#outcome #value));
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        if let Some((_, end)) = self.place(&reference.expr) {
            // It stays a place, and the borrow ends where the await does.
            let mut place = Group::new(Delimiter::Parenthesis, reference.expr.to_token_stream());
            place.set_span(end);
            *reference.expr = Expr::Verbatim(place.into_token_stream());
        } else {
            self.inside(&mut reference.expr);
        }
    }

    fn visit_expr_field_mut(&mut self, field: &mut ExprField) {
        self.inside(&mut field.base);
    }

    fn visit_expr_index_mut(&mut self, index: &mut ExprIndex) {
        self.inside(&mut index.expr);
        self.visit_expr_mut(&mut index.index);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if self.is_last {
            self.visit_expr_mut(&mut call.receiver);
        } else {
            self.inside(&mut call.receiver);
        }
        for argument in &mut call.args {
            self.visit_expr_mut(argument);
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let is_shown = |name: &Ident| (self.place)(name).is_some();
        if names_any(mac.tokens.clone(), &is_shown) {
            macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
        }
    }
}
