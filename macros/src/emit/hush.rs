//! What rustc does not say twice: where the plain copy of a flow has an error, `types`
//! has no type, nor has what it gives back as `known`, and of what has no type rustc says
//! nothing. That is what it would say in other words than of the copy: where values
//! meet that come from several states, and what is kept. (`desugar` does the same where a
//! `?` has something to give back, and where a flow ends without a value.)

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::names;

/// `value`, without a type if the plain copy has an error.
pub(super) fn known(value: &impl ToTokens) -> TokenStream {
    let types = names::ident("types");
    quote!(#types.known(#value))
}

/// Fills a slot that another state has filled before, whatever with if the plain copy has
/// an error.
pub(super) fn fill(slot: &Ident, values: &TokenStream) -> TokenStream {
    let types = names::ident("types");
    quote!(#types.fill(&mut #slot, #values);)
}
