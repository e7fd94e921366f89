//! What to emit beside errors, so that callers of the action still resolve,
//! what its body uses still counts as used, and editors stay quiet.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{ItemFn, ReturnType, Safety, Type, parse_quote};

use super::signature;
use crate::diag::Diagnostics;
use crate::names;

/// For a refused signature: a call that can be awaited in a flow, and the
/// type with the body.
pub(super) fn refused(function: ItemFn, diag: Diagnostics) -> TokenStream {
    let errors = diag.finish();
    let call = call(function.clone());
    let borrows = matches!(&function.sig.output, ReturnType::Type(_, ty) if matches!(**ty, Type::Reference(_)));
    let body = if function.sig.receiver().is_none() && !borrows {
        body(function)
    } else {
        TokenStream::new()
    };
    quote!(#errors #call #body)
}

/// For a body that cannot be parsed, which was left out.
pub(super) fn half(mut function: ItemFn, diag: Diagnostics) -> TokenStream {
    let runtime = names::door(Span::call_site());
    *function.block = parse_quote!({ #runtime::diverge() });
    refused(function, diag)
}

fn call(mut function: ItemFn) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let output: Type = match &function.sig.output {
        ReturnType::Type(_, ty) if signature::is_storable(ty) => (**ty).clone(),
        _ => parse_quote!(()),
    };
    plain(&mut function);
    function.sig.safety = Safety::Default;
    function.sig.asyncness = None;
    let inputs = std::mem::take(&mut function.sig.inputs);
    function.sig.inputs = inputs
        .into_iter()
        .filter(|input| !signature::is_given(input))
        .collect();
    function.sig.output = parse_quote!(-> #runtime::Refused<#output>);
    *function.block = parse_quote!({ #runtime::diverge() });
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic)]
        #function
    }
}

fn body(mut function: ItemFn) -> TokenStream {
    let (vis, ident) = (function.vis.clone(), function.sig.ident.clone());
    plain(&mut function);
    function.attrs.clear();
    function.sig.ident = format_ident!("run", span = ident.span());
    quote! {
        #[allow(non_camel_case_types, missing_debug_implementations, missing_docs, dead_code)]
        #vis struct #ident {}

        #[allow(missing_docs, dead_code, clippy::all, clippy::pedantic)]
        impl #ident {
            #function
        }
    }
}

/// Without the qualifiers that are refused, so that rustc says nothing more.
fn plain(function: &mut ItemFn) {
    function.sig.constness = None;
    function.sig.abi = None;
    function.sig.variadic = None;
}
