//! The plain copy of a flow: a function that is compiled but never run, in
//! which each await is a call that has the operation's output as its type.
//!
//! rustc's type, borrow and lint messages on the user's tokens come from it.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprAsync, ExprCall, ExprClosure, Item, Local, Macro, Stmt, parse_quote_spanned,
};

use super::generics::{self, Parameters};
use super::lasting::Lasting;
use super::{outcome, receiver};
use crate::model::{Flow, Param};
use crate::names;
use crate::syntax::fork::{self, Kind};
use crate::syntax::spans::first_span;
use crate::syntax::{awaits, macros};

/// The plain copy: a function that is never called. Of a method it is one, too: rustc
/// speaks of its `self`.
pub(super) fn copy(flow: &Flow, lasting: &Lasting) -> TokenStream {
    // Not the flow's own name, by which the body may call the flow.
    let (name, methods, code) = (names::plain(), names::methods(), code(flow, lasting));
    let Parameters {
        declared,
        named,
        bounds,
        ..
    } = parameters(flow);
    // What an `.await` stands in for cannot go into a closure, as these advise.
    let allowed = quote!(#[allow(
        dead_code,
        non_camel_case_types,
        clippy::manual_filter,
        clippy::manual_find,
        clippy::manual_map,
        clippy::option_if_let_else
    )]);
    let Some(receiver) = flow.receiver() else {
        return quote! {
            #allowed
            fn #name #declared () -> impl ::core::marker::Sized #bounds { #code }
        };
    };
    let (ty, this) = (&receiver.ty, receiver::named_self(&receiver.ident));
    let mutable = receiver.mutable.then(|| quote_spanned!(this.span()=> mut));
    let code = receiver::with_self(&receiver.ident, code);
    quote! {
        #allowed
        trait #methods #declared #bounds {
            fn #name(self) -> impl ::core::marker::Sized;
        }
        #allowed
        impl #declared #methods #named for #ty #bounds {
            fn #name(#mutable #this) -> impl ::core::marker::Sized { #code }
        }
    }
}

/// A closure with the body, which is checked with the function's around it, so it lints
/// like any other.
fn code(flow: &Flow, lasting: &Lasting) -> TokenStream {
    let mut body = flow.body.clone();
    Oracles { lasting }.visit_block_mut(&mut body);
    let params = flow.params.iter().filter(|param| !param.is_receiver());
    let taken = params.clone().map(|Param { ident, mutable, .. }| {
        // Where the name stands, by which rustc would else not call it.
        let mutable = mutable.then(|| quote_spanned!(ident.span()=> mut));
        // An argument that is not used: here it seems to be.
        let unused = ident.to_string().starts_with('_').then(|| {
            quote!(#[allow(
                clippy::used_underscore_binding,
                clippy::no_effect_underscore_binding
            )])
        });
        quote!(#unused let #mutable #ident = #ident;)
    });
    // All of it: of a part that is captured by itself there are other lints.
    let receiver = flow.receiver();
    let whole = receiver.map(|Param { ident, .. }| quote!(let _ = &#ident;));
    // Items that come first stay the first, for lints.
    let is_item = |stmt: &&Stmt| matches!(stmt, Stmt::Item(_));
    let items = body.stmts.iter().take_while(is_item);
    let stmts = body.stmts.iter().skip_while(is_item);
    let pin = pin(flow);
    let body = as_body(
        flow,
        &quote!(move),
        quote!(#(#items)* #pin #whole #(#taken)* #(#stmts)*),
    );
    let params = params.map(|Param { ident, ty, .. }| quote!(#ident: #ty));
    let runtime = names::runtime(flow.ident.span());
    quote!(let _ = |#(#params),*| #body; #runtime::not_send())
}

/// Says to rustc what an `async` block returns, at the type as it is written.
fn pin(flow: &Flow) -> TokenStream {
    let returned = returned(flow);
    quote_spanned!(flow.ret.span()=> if false { return #returned; })
}

/// The same for that of the machine, which returns what has no type behind an error: of
/// what does not fit, and of a `?` that cannot be, the plain copy tells.
pub(super) fn pin_known(flow: &Flow) -> TokenStream {
    let returned = names::known(Span::call_site(), &returned(flow));
    quote_spanned!(flow.ret.span()=> if false { return #returned; })
}

fn returned(flow: &Flow) -> TokenStream {
    let (ret, span) = (&flow.ret, flow.ret.span());
    let runtime = names::runtime_as_written(span);
    quote_spanned!(span=> #runtime::diverge::<#ret>())
}

/// An `async` block that rustc takes for the flow: it stands at its name.
pub(super) fn as_body(flow: &Flow, moves: &TokenStream, stmts: TokenStream) -> TokenStream {
    let span = flow.ident.span();
    let mut block = Group::new(Delimiter::Brace, stmts);
    block.set_span(span);
    quote_spanned!(span=> async #moves #block)
}

/// Has rustc check the plain copy before the machine: what is wrong there is
/// reported first, and only there. Behind an error `types` has no type, nor has what
/// comes out of it.
pub(super) fn checked(flow: &Flow) -> TokenStream {
    let (name, runtime) = (names::plain(), names::runtime(flow.ident.span()));
    let [types, judged, checked] = ["types", "judged", "checked"].map(names::ident);
    let given = given(flow);
    let copy = match flow.receiver() {
        None => quote!(#name::#given),
        Some(Param { ty, .. }) => {
            let methods = names::methods();
            quote!(|| <#ty as #methods #given>::#name(#runtime::diverge()))
        }
    };
    quote! {
        use #runtime::{ViaDoubt as _, ViaNoPair as _, ViaPair as _};
        let (#types, #judged) = (#runtime::Types, #runtime::Right);
        // Editors have types all the same.
        #[cfg(not(rust_analyzer))]
        let (#types, #judged) = {
            use #runtime::{ViaRight as _, ViaWrong as _};
            let #checked = #runtime::checked(#copy);
            ((&#checked).give(#types), (&#checked).judged())
        };
    }
}

/// The parameters of the plain copy. A flow without any has one here.
fn parameters(flow: &Flow) -> Parameters {
    let any = names::ident("any");
    if flow.is_generic() {
        return generics::of(flow);
    }
    Parameters {
        declared: quote!(<#any>),
        named: quote!(<#any>),
        ..Parameters::default()
    }
}

/// What is given for them. That has a lifetime, if only one is given: else rustc
/// answers before it has checked the copy.
fn given(flow: &Flow) -> TokenStream {
    if flow.is_generic() {
        generics::of(flow).named
    } else {
        quote!(<&()>)
    }
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
            block.stmts.extend(self.lasting.asks_before(&stmt));
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
            let runtime = names::runtime_as_written(first_span(op));
            // Begins and ends where the user's expression does.
            let oracle = quote_spanned!(first_span(op)=> #runtime::awaited().oracle);
            let given = quote_spanned!(end=> (#op));
            *expr = Expr::Verbatim(quote!(#oracle #given));
        }
    }

    /// `let v = e.await;`  =>  `let v = OfAwait(awaited().oracle(e)).0;`
    ///
    /// In the machine it is such an expression, too, and rustc tells of a chain of
    /// calls what it began with.
    fn visit_local_mut(&mut self, local: &mut Local) {
        let awaited = local.init.as_ref().and_then(|init| match &*init.expr {
            Expr::Await(awaited) => Some((first_span(&awaited.base), awaited.await_token.span)),
            _ => None,
        });
        visit_mut::visit_local_mut(self, local);
        if let (Some((start, end)), Some(init)) = (awaited, &mut local.init) {
            let (runtime, value) = (names::runtime_as_written(start), &init.expr);
            let outcome = quote_spanned!(start=> #runtime::OfAwait);
            let given = quote_spanned!(end=> (#value).0);
            *init.expr = Expr::Verbatim(quote!(#outcome #given));
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
            let (mut operand, span) = (operand.clone(), first_span(operand));
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
        let output = outcome::never(kind, outputs, call.args.iter().map(first_span));
        // Of the whole rustc says what it says in the machine.
        let runtime = names::runtime_as_written(span);
        parse_quote_spanned!(span=> #path!(@ #runtime::OfAwait(
            match (#(#made,)*) { (#(#names,)*) => #output }
        ).0))
    }
}
