//! Where code stands.

use proc_macro2::Span;
use quote::ToTokens;

/// The span of the first token, with the user's edition: on stable, spans cannot be joined.
pub(crate) fn first_span(code: impl ToTokens) -> Span {
    let first = code.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}
