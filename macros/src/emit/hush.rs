//! What rustc does not say twice: where the plain copy of a flow has an error, `types`
//! has no type, nor has what it gives back as `known`, and of what has no type rustc says
//! nothing. That is what it would say in other words than of the copy: where values
//! meet that come from several states, and what is kept. (`desugar` does the same where a
//! `?` has something to give back, and where a flow ends without a value.)

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::names;

/// `value`, without a type if the plain copy has an error.
pub(super) fn known(value: &impl ToTokens) -> TokenStream {
    let types = names::ident("types");
    quote!(#types.known(#value))
}

/// The same of what a call gives; all else comes of something known.
pub(super) fn called(value: TokenStream) -> TokenStream {
    let first = value.clone().into_iter().next();
    let last = value.clone().into_iter().last();
    let is_place = matches!(first, Some(TokenTree::Punct(star)) if star.as_char() == '*');
    match last {
        Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis && !is_place =>
        {
            known(&value)
        }
        _ => value,
    }
}
