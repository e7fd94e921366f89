//! What to emit beside errors, so that callers of the flow still resolve and
//! editors stay quiet.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemFn, ReturnType, Type, parse_quote};

use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::{names, parse};

/// For what cannot be parsed. A function is there without its body, which only editors
/// see; what is none stands as it is.
pub(crate) fn unparsed(item: &TokenStream, diag: Diagnostics) -> TokenStream {
    let Some(function) = parse::without_code(item) else {
        let errors = diag.finish();
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
    let output: Type = match &function.sig.output {
        ReturnType::Type(_, ty) if !matches!(**ty, Type::ImplTrait(_)) => (**ty).clone(),
        _ => parse_quote!(()),
    };
    // What is refused would be refused again by rustc.
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
