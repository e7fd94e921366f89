//! The plain copy of a flow: a function that is compiled but never run, in
//! which each await is a call that has the operation's output as its type.
//!
//! rustc's type, borrow and lint messages on the user's tokens come from it.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprCall, ExprClosure, Item, Local, Macro, parse_quote_spanned};

use super::generics::{self, Parameters};
use super::lasting::Lasting;
use super::{outcome, receiver};
use crate::model::{Flow, Param};
use crate::names;
use crate::syntax::fork::{self, Kind};
use crate::syntax::spans::first_span;
use crate::syntax::{awaits, macros};

/// The plain copy: the user's `async fn`, which is never called. Of a method it is one,
/// too: rustc speaks of its `self`.
pub(super) fn copy(flow: &Flow, lasting: &Lasting) -> TokenStream {
    // Not the flow's own name, by which the body may call the flow.
    let (name, methods, returned) = (names::plain(), names::methods(), said(flow));
    let (params, body) = (params(flow), body(flow, lasting));
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
        clippy::future_not_send,
        clippy::manual_filter,
        clippy::manual_find,
        clippy::manual_map,
        clippy::option_if_let_else,
        clippy::too_many_arguments,
        clippy::unused_async
    )]);
    let Some(receiver) = flow.receiver() else {
        return quote! {
            #allowed
            async fn #name #declared #params #returned #bounds #body
        };
    };
    let (ty, this) = (&receiver.ty, &receiver.ident);
    let types = flow.params.iter().filter(|param| !param.is_receiver());
    let types = types.map(|Param { ty, .. }| ty);
    let runtime = names::runtime(flow.ident.span());
    let (params, body) = (
        receiver::with_self(this, params),
        receiver::with_self(this, body),
    );
    // In parentheses: of a field that lacks its `self.` rustc would say more here than in
    // the states, and so it would twice.
    let ty = quote!((#ty));
    quote! {
        #allowed
        trait #methods #declared #bounds {
            async fn #name(self, #(_: #types,)* _: #runtime::NotSend) #returned;
        }
        #allowed
        impl #declared #methods #named for #ty #bounds {
            async fn #name #params #returned #body
        }
    }
}

/// What the function says that it returns.
fn said(flow: &Flow) -> Option<TokenStream> {
    let ret = &flow.ret;
    flow.is_ret_said.then(|| quote!(-> #ret))
}

/// The parameters, and one that is not `Send`.
fn params(flow: &Flow) -> TokenStream {
    let runtime = names::runtime(flow.ident.span());
    let params = flow.params.iter().map(|param| {
        let Param { ident, ty, .. } = param;
        // Where the name stands, by which rustc would else not call it.
        let mutable = param.mutable.then(|| quote_spanned!(ident.span()=> mut));
        if param.is_receiver() {
            quote!(#mutable #ident)
        } else {
            quote!(#mutable #ident: #ty)
        }
    });
    let params = quote!(#(#params,)* _: #runtime::NotSend);
    let mut params = Group::new(Delimiter::Parenthesis, params);
    params.set_span(flow.paren.span.join());
    params.into_token_stream()
}

/// The body, whose lints are those of the user's function.
fn body(flow: &Flow, lasting: &Lasting) -> TokenStream {
    let mut body = flow.body.clone();
    Oracles { lasting }.visit_block_mut(&mut body);
    body.into_token_stream()
}

/// Says to rustc what the machine's `async` block returns, at the type as it is written:
/// behind an error that has no type, since of what does not fit, and of a `?` that cannot
/// be, the plain copy tells.
pub(super) fn pin(flow: &Flow) -> TokenStream {
    let (ret, span) = (&flow.ret, flow.ret.span());
    let runtime = names::runtime_as_written(span);
    let returned = quote_spanned!(span=> #runtime::diverge::<#ret>());
    let returned = names::known(Span::call_site(), &returned);
    quote_spanned!(span=> if false { return #returned; })
}

/// An `async` block that rustc takes for the flow: it stands at its name.
pub(super) fn as_body(flow: &Flow, stmts: TokenStream) -> TokenStream {
    let span = flow.ident.span();
    let mut block = Group::new(Delimiter::Brace, stmts);
    block.set_span(span);
    quote_spanned!(span=> async #block)
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
            quote!(<#ty as #methods #given>::#name)
        }
    };
    let arguments = flow.params.iter().map(|_| quote!(#runtime::diverge(),));
    quote! {
        use #runtime::{
            ViaDoubt as _, ViaExclusive as _, ViaFit as _, ViaMisfit as _, ViaShared as _,
        };
        let (#types, #judged) = (#runtime::Types, #runtime::Right);
        // Editors have types all the same.
        #[cfg(not(rust_analyzer))]
        let (#types, #judged) = {
            use #runtime::{ViaRight as _, ViaWrong as _};
            let #checked = #runtime::checked(|| #copy(#(#arguments)* #runtime::diverge()));
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

/// `e.await`  =>  `Op::AWAITED.oracle(e)`
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
            let oracle = quote_spanned!(first_span(op)=> #runtime::Op::AWAITED.oracle);
            let given = quote_spanned!(end=> (#op));
            *expr = Expr::Verbatim(quote!(#oracle #given));
        }
    }

    /// `let v = e.await;`  =>  `let v = OfAwait(Op::AWAITED.oracle(e)).0;`
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
                quote_spanned!(span=> #runtime::Op::AWAITED.oracle(#name))
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
