//! What to emit beside errors, so that callers of the flow still resolve and
//! editors stay quiet.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemFn, ReturnType, Type, parse_quote};

use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::names;

/// For what is no function: its own tokens.
pub(crate) fn unparsed(item: &TokenStream, diag: Diagnostics) -> TokenStream {
    let errors = diag.finish();
    quote!(#errors #item)
}

/// For a flow whose body is refused: the flow without it.
pub(crate) fn without_body(mut flow: Flow) -> Flow {
    let runtime = names::runtime(flow.ident.span());
    let params = flow.params.iter().map(|param| &param.ident);
    flow.body = parse_quote!({
        let _ = (#(&#params,)*);
        #runtime::diverge()
    });
    flow
}

/// For a refused signature: what remains of it, with a result that can be awaited.
pub(crate) fn refused(item: TokenStream, diag: Diagnostics) -> TokenStream {
    let errors = diag.finish();
    let Ok(mut function) = syn::parse2::<ItemFn>(item) else {
        return errors;
    };
    let runtime = names::runtime(function.sig.ident.span());
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
        #errors
        #[allow(unused, clippy::all, clippy::pedantic)]
        #function
    }
}
