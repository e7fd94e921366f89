//! Methods that are being typed: an `impl` block is read without the bodies that
//! cannot be parsed, so that each is one mistake, and the other flows are there.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, ImplItemFn, ItemImpl};

use crate::names;

/// Reads a block in which some bodies cannot be parsed; with what is wrong in them.
pub(crate) fn read(item: &TokenStream) -> Option<(ItemImpl, Vec<syn::Error>)> {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let Some(TokenTree::Group(methods)) = tokens.last_mut() else {
        return None;
    };
    let mut errors = Vec::new();
    let read = methods.stream().into_iter();
    let read = read.map(|token| without_code(token, &mut errors));
    *methods = group(methods, read.collect());
    let block = syn::parse2(TokenStream::from_iter(tokens)).ok()?;
    (!errors.is_empty()).then_some((block, errors))
}

/// Whether the body of a method could not be parsed.
pub(super) fn is_half(method: &ImplItemFn) -> bool {
    let body = method.block.stmts.first().map(ToTokens::to_token_stream);
    body.is_some_and(|body| body.to_string() == stand_in().to_string())
}

/// What stands for a body that cannot be parsed.
fn stand_in() -> TokenStream {
    let runtime = names::door(Span::call_site());
    quote!(#runtime::diverge())
}

fn without_code(token: TokenTree, errors: &mut Vec<syn::Error>) -> TokenTree {
    match token {
        TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
            let Err(error) = syn::parse2::<Block>(body.to_token_stream()) else {
                return body.into();
            };
            errors.push(error);
            group(&body, stand_in()).into()
        }
        other => other,
    }
}

/// Other tokens between the same braces.
fn group(braces: &Group, tokens: TokenStream) -> Group {
    let mut group = Group::new(braces.delimiter(), tokens);
    group.set_span(braces.span());
    group
}
