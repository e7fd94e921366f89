//! Flows that are too large to number.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;

/// No flow of so many words has as many states or locals.
const MAX_WORDS: usize = 50_000;

pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    if words(flow.body.to_token_stream()) > MAX_WORDS {
        diag.refuse(&flow.ident, catalog::TOO_LARGE);
    }
}

/// Identifiers and keywords: each state and each local has one of its own.
fn words(tokens: TokenStream) -> usize {
    let count = |token| match token {
        TokenTree::Ident(_) => 1,
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    };
    tokens.into_iter().map(count).sum()
}
