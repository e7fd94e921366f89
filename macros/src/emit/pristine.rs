//! The plain copy of a flow: a function that is compiled but never run, in
//! which each await is a call that has the operation's output as its type.
//!
//! rustc's type, borrow and lint messages on the user's tokens come from it.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprCall, ExprClosure, Item, Macro, parse_quote_spanned};

use super::fork as forks;
use super::generics::{self, Parameters};
use super::lasting::Lasting;
use crate::model::{Flow, Param};
use crate::names;
use crate::syntax::fork::{self, Kind};
use crate::syntax::{awaits, macros};

/// The plain copy. Of a flow without parameters it lies in a constant that
/// the machine names: so rustc reports errors of borrows here only.
pub(super) fn copy(flow: &Flow, lasting: &Lasting) -> TokenStream {
    let mut body = flow.body.clone();
    Oracles { lasting }.visit_block_mut(&mut body);
    let (ret, pin) = (&flow.ret, pin(flow));
    // Not the flow's own name, by which the body may call the flow.
    let name = names::plain();
    let copy = if flow.is_generic() {
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
        quote!(fn #name #declared (#(#params),*) -> #ret #bounds #body)
    } else {
        let params = flow
            .params
            .iter()
            .map(|Param { ident, ty, .. }| quote!(#ident: #ty));
        let taken = flow.params.iter().map(|Param { ident, mutable, .. }| {
            let mutable = mutable.then(|| quote!(mut));
            // An argument that is not used: here it seems to be.
            let unused = ident.to_string().starts_with('_').then(|| {
                quote!(#[allow(
                    clippy::used_underscore_binding,
                    clippy::no_effect_underscore_binding
                )])
            });
            quote!(#unused let #mutable #ident = #ident;)
        });
        let stmts = &body.stmts;
        let body = as_body(flow, &quote!(move), quote!(#pin #(#taken)* #(#stmts)*));
        quote! {
            const #name: usize = {
                let _ = |#(#params),*| #body;
                0
            };
        }
    };
    quote! {
        #[allow(
            dead_code,
            clippy::needless_pass_by_value,
            clippy::too_many_arguments,
            clippy::unnecessary_wraps
        )]
        #copy
    }
}

/// Says to rustc what an `async` block returns, at the type as it is written.
pub(super) fn pin(flow: &Flow) -> TokenStream {
    let (ret, span) = (&flow.ret, flow.ret.span());
    let runtime = names::runtime_as_written(span);
    quote_spanned!(span=> if false { return #runtime::diverge::<#ret>(); })
}

/// An `async` block that rustc takes for the flow: it stands at its name.
pub(super) fn as_body(flow: &Flow, moves: &TokenStream, stmts: TokenStream) -> TokenStream {
    let span = flow.ident.span();
    let mut block = Group::new(Delimiter::Brace, stmts);
    block.set_span(span);
    quote_spanned!(span=> async #moves #block)
}

/// Names the plain copy, if it is a constant.
pub(super) fn named(flow: &Flow) -> Option<TokenStream> {
    let name = names::plain();
    (!flow.is_generic()).then(|| quote!(let _: [(); #name] = [];))
}

/// `e.await`  =>  `awaited().oracle(e)`
struct Oracles<'a> {
    lasting: &'a Lasting,
}

impl VisitMut for Oracles<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        for stmt in std::mem::take(&mut block.stmts) {
            let asks = self.lasting.asks(&stmt);
            block.stmts.push(stmt);
            block.stmts.extend(asks);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Call(call) = expr
            && let Some(kind) = fork::of(call)
        {
            *expr = self.fork(call, kind);
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Await(awaited) = expr {
            let (op, end) = (&awaited.base, awaited.await_token.span);
            let runtime = names::runtime_as_written(first(op));
            // Begins and ends where the user's expression does.
            let oracle = quote_spanned!(first(op)=> #runtime::awaited().oracle);
            let given = quote_spanned!(end=> (#op));
            *expr = Expr::Verbatim(quote!(#oracle #given));
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if awaits::in_tokens(&mac.tokens).is_none() {
            return;
        }
        macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
    }

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Oracles<'_> {
    /// All operands are there at once, so that rustc sees which of them borrow
    /// the same; the user's macro gives back what it is given here.
    fn fork(&mut self, call: &ExprCall, kind: Kind) -> Expr {
        let (path, span) = (&call.func, call.func.span());
        let (mut made, mut names, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
        for (at, operand) in call.args.iter().enumerate() {
            let (mut operand, span) = (operand.clone(), first(operand));
            let name = names::ident(&format!("op{at}"));
            let runtime = names::runtime_as_written(span);
            outputs.push(if let Expr::Async(block) = &mut operand {
                self.visit_block_mut(&mut block.block);
                quote_spanned!(span=> #runtime::driven(#name))
            } else {
                self.visit_expr_mut(&mut operand);
                quote_spanned!(span=> #runtime::awaited().oracle(#name))
            });
            made.push(operand);
            names.push(name);
        }
        let output = match kind {
            Kind::Join => quote!((#(#outputs,)*)),
            Kind::Race => forks::any_of(outputs),
        };
        // Of the whole rustc says what it says in the machine.
        let runtime = names::runtime_as_written(span);
        let output = quote_spanned!(span=> #runtime::OfAwait(#output).0);
        parse_quote_spanned!(span=> #path!(@ match (#(#made,)*) { (#(#names,)*) => #output }))
    }
}

fn first(expr: &Expr) -> proc_macro2::Span {
    let tokens = quote!(#expr).into_iter().next();
    tokens.map_or_else(proc_macro2::Span::call_site, |token| token.span())
}
