//! The names in a macro that we cannot look into: each identifier counts that
//! could be a variable, and each name captured by a format string.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Macro, Member};

use super::macros;
use super::uses::Names;

/// The names that a macro may use.
pub(crate) fn names(mac: &Macro) -> Names {
    let paths = paths(mac).into_iter();
    paths.map(|(name, _)| name).collect()
}

/// All names in an item.
pub(crate) fn names_of(item: &Item) -> Names {
    let mut paths = Vec::new();
    scan(item.to_token_stream(), &mut paths);
    paths.into_iter().map(|(name, _)| name).collect()
}

/// The names that a macro may use, with the fields of them.
pub(crate) fn paths(mac: &Macro) -> Vec<(String, Vec<Member>)> {
    let mut paths = Vec::new();
    scan(mac.tokens.clone(), &mut paths);
    paths
}

fn scan(tokens: TokenStream, paths: &mut Vec<(String, Vec<Member>)>) {
    // One dot comes before a field or method, two before the end of a range.
    let mut dots = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => scan(group.stream(), paths),
            TokenTree::Ident(ident) if dots != 1 => {
                let macro_name =
                    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                if !macro_name {
                    paths.push((ident.to_string(), fields(tokens.clone())));
                }
            }
            TokenTree::Literal(literal) => captured(&literal.to_string(), paths),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        dots = if dot { dots + 1 } else { 0 };
    }
}

/// The fields of a number: `0`, or `0.1`, which is one token.
fn numbered(numbers: &str) -> Vec<Member> {
    let numbers = numbers.split('.').map_while(|number| number.parse().ok());
    let fields = numbers.map(|number: usize| Member::Unnamed(number.into()));
    fields.collect()
}

/// The fields at the beginning of `tokens`: `.customer.email`, but no method.
fn fields(mut tokens: impl Iterator<Item = TokenTree> + Clone) -> Vec<Member> {
    let mut fields = Vec::new();
    while let Some(TokenTree::Punct(dot)) = tokens.next()
        && dot.as_char() == '.'
    {
        let name = match tokens.next() {
            Some(TokenTree::Ident(name)) => name,
            Some(TokenTree::Literal(numbers)) => {
                fields.extend(numbered(&numbers.to_string()));
                continue;
            }
            _ => break,
        };
        let next = tokens.clone().next();
        let called = |next: &TokenTree| match next {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
            // `.collect::<T>()`
            TokenTree::Punct(punct) => punct.as_char() == ':',
            _ => false,
        };
        if next.as_ref().is_some_and(called) {
            break;
        }
        fields.push(Member::Named(name));
    }
    fields
}

/// The names in braces in a format string, as in `"{name:width$}"`.
fn captured(literal: &str, paths: &mut Vec<(String, Vec<Member>)>) {
    let names = macros::captured(literal).into_iter();
    paths.extend(names.map(|name| (name, Vec::new())));
}
