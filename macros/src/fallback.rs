//! What to emit beside errors, so that callers of the flow still resolve and
//! editors stay quiet.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{BoundLifetimes, ItemFn, Lifetime, ReturnType, Type, TypeReference, parse_quote};

use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::{names, parse};

/// For what cannot be parsed. A function is there without its body, which only editors
/// see; what is none stands as it is.
pub(crate) fn unparsed(item: &TokenStream, diag: Diagnostics) -> TokenStream {
    let Some(function) = parse::without_code(item) else {
        let errors = diag.finish();
        // Of a signature that cannot be parsed rustc has told.
        let item = if parse::is_function(item) {
            shown_to_editors(item)
        } else {
            item.clone()
        };
        return quote!(#errors #item);
    };
    let (errors, bodiless, shown) = (diag.finish(), bodiless(function), shown_to_editors(item));
    quote!(#errors #bodiless #shown)
}

/// An item that only editors see, beside what stands for it.
pub(crate) fn shown_to_editors(item: &TokenStream) -> TokenStream {
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            #item
        };
    }
}

/// For a flow whose body is refused: the flow without it.
pub(crate) fn without_body(mut flow: Flow) -> Flow {
    let runtime = names::runtime(flow.ident.span());
    let params = flow.params.iter().map(|param| &param.ident);
    flow.body = parse_quote!({
        let _ = (#(&#params,)*);
        #runtime::diverge()
    });
    // Without the body nothing changes them, of which rustc would warn.
    for param in &mut flow.params {
        param.mutable = false;
    }
    flow
}

/// For a refused signature: what remains of it, with a result that can be awaited.
pub(crate) fn refused(item: TokenStream, diag: Diagnostics) -> TokenStream {
    let errors = diag.finish();
    let function = syn::parse2::<ItemFn>(item).map(bodiless);
    let function = function.unwrap_or_default();
    quote!(#errors #function)
}

fn bodiless(mut function: ItemFn) -> TokenStream {
    let runtime = names::door(function.sig.ident.span());
    let mut output: Type = match &function.sig.output {
        ReturnType::Type(_, ty) if !matches!(**ty, Type::ImplTrait(_)) => (**ty).clone(),
        _ => parse_quote!(()),
    };
    // What is refused would be refused again by rustc.
    let mut lifetimes = Lifetimes::default();
    for input in &mut function.sig.inputs {
        lifetimes.visit_fn_arg_mut(input);
    }
    lifetimes.is_result = true;
    lifetimes.visit_type_mut(&mut output);
    function.sig.constness = None;
    function.sig.abi = None;
    function.sig.variadic = None;
    function.sig.asyncness = None;
    function.sig.output = parse_quote!(-> #runtime::FlowCall<#runtime::Refused<#output>>);
    *function.block = parse_quote!({ #runtime::diverge() });
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic)]
        #function
    }
}

/// Lifetimes that rustc may not know: borrows are refused.
#[derive(Default)]
struct Lifetimes {
    is_result: bool,
}

impl VisitMut for Lifetimes {
    fn visit_type_reference_mut(&mut self, borrow: &mut TypeReference) {
        visit_mut::visit_type_reference_mut(self, borrow);
        let at = borrow.and_token.span;
        borrow.lifetime = self.is_result.then(|| Lifetime::new("'static", at));
    }

    fn visit_bound_lifetimes_mut(&mut self, _: &mut BoundLifetimes) {}

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        let name = if self.is_result { "'static" } else { "'_" };
        *lifetime = Lifetime::new(name, lifetime.span());
    }
}
