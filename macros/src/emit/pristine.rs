//! The plain copy of a flow: a function that is compiled but never run, in
//! which each await is a call that has the operation's output as its type.
//!
//! rustc's type, borrow and lint messages on the user's tokens come from it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAsync, ExprClosure, ExprMatch, Item, Macro, parse_quote_spanned};

use super::generics::{self, Parameters};
use crate::model::{Flow, Param};
use crate::names;
use crate::syntax::{awaits, macros};

pub(super) fn function(flow: &Flow) -> TokenStream {
    let mut body = flow.body.clone();
    Oracles.visit_block_mut(&mut body);
    // Not the flow's own name, by which the body may call the flow.
    let (ident, ret) = (names::ident("plain"), &flow.ret);
    let Parameters {
        declared, bounds, ..
    } = generics::of(flow);
    let params = flow.params.iter().map(
        |Param {
             ident, mutable, ty, ..
         }| {
            let mutable = mutable.then(|| quote!(mut));
            quote!(#mutable #ident: #ty)
        },
    );
    quote! {
        #[allow(
            dead_code,
            clippy::needless_pass_by_value,
            clippy::too_many_arguments,
            clippy::unnecessary_wraps
        )]
        fn #ident #declared (#(#params),*) -> #ret #bounds #body
    }
}

/// `e.await`  =>  `awaited().oracle(e)`
struct Oracles;

impl VisitMut for Oracles {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Await(awaited) = expr {
            let op = &awaited.base;
            let span = first(op);
            let runtime = names::runtime(span);
            let tie = quote::quote_spanned!(span=> #runtime::awaited());
            *expr = parse_quote_spanned!(awaited.base.span()=> #tie.oracle(#op));
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if awaits::in_tokens(&mac.tokens).is_none() {
            return;
        }
        if let Some(mut matched) = macros::as_match(mac) {
            self.visit_expr_match_mut(&mut matched);
            let ExprMatch { expr, arms, .. } = matched;
            let pat = arms.first().map(|arm| &arm.pat);
            mac.tokens = quote!(#expr, #pat);
            return;
        }
        if let Some(mut arguments) = macros::arguments(mac) {
            let mut exprs = std::mem::take(&mut arguments.exprs);
            for expr in &mut exprs {
                self.visit_expr_mut(expr);
            }
            mac.tokens = arguments.rebuild(&exprs);
        }
    }

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

fn first(expr: &Expr) -> proc_macro2::Span {
    let tokens = quote!(#expr).into_iter().next();
    tokens.map_or_else(proc_macro2::Span::call_site, |token| token.span())
}
