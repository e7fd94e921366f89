//! The type and const parameters of a flow, as its items name them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericParam, TypeParam, parse_quote};

use crate::model::Flow;

/// The parameters of a flow in the places where they stand.
#[derive(Default)]
pub(super) struct Parameters {
    /// `<T: Bound, const N: usize>`
    pub(super) declared: TokenStream,
    /// `<T, N>`
    pub(super) named: TokenStream,
    /// `where T: 'static`
    pub(super) bounds: TokenStream,
    /// `<T, const N: usize>`, for a type without bounds.
    pub(super) unbounded: TokenStream,
    /// The fields of such a type.
    pub(super) marker: TokenStream,
}

pub(super) fn of(flow: &Flow) -> Parameters {
    let mut generics = flow.generics.clone();
    let types: Vec<TypeParam> = generics.type_params().cloned().collect();
    // Each in the place where its other bounds are.
    for TypeParam { ident, .. } in types.iter().filter(|ty| ty.bounds.is_empty()) {
        let clause = generics.make_where_clause();
        clause.predicates.push(parse_quote!(#ident: 'static));
    }
    for ty in generics
        .type_params_mut()
        .filter(|ty| !ty.bounds.is_empty())
    {
        ty.bounds.push(parse_quote!('static));
    }
    let (declared, named, bounds) = generics.split_for_impl();
    let unbounded = generics.params.iter().map(|param| match param {
        GenericParam::Type(ty) => ty.ident.to_token_stream(),
        other => other.to_token_stream(),
    });
    let held = types.iter().map(|ty| &ty.ident);
    let marker = flow
        .is_generic()
        .then(|| quote!(marker: ::core::marker::PhantomData<fn(#(#held),*)>));
    Parameters {
        declared: declared.to_token_stream(),
        named: named.to_token_stream(),
        bounds: bounds.to_token_stream(),
        unbounded: if flow.is_generic() {
            quote!(<#(#unbounded),*>)
        } else {
            TokenStream::new()
        },
        marker: marker.to_token_stream(),
    }
}
