//! What a `macro_rules!` of the file writes, as code: whoever calls it does the same.
//!
//! ```text
//! ($x:expr, $($y:expr),*) => { f($x, $($y),*) }   =>   { f(x, y) }
//! ```

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The code of all rules, one block after the other.
pub(super) fn code(rules: TokenStream) -> TokenStream {
    let mut code = TokenStream::new();
    let mut before = String::new();
    for token in rules {
        if let TokenTree::Group(group) = &token
            && before == "=>"
        {
            let written = Group::new(Delimiter::Brace, written(group.stream()));
            code.extend([TokenTree::Group(written)]);
        }
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '>' && before == "=" => {
                before.push('>');
            }
            other => before = other.to_string(),
        }
    }
    code
}

/// Tokens in which variables have the names of what they stand for, and repetitions
/// are written once.
fn written(tokens: TokenStream) -> TokenStream {
    let mut code = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => {
                if let Some(TokenTree::Group(repeated)) =
                    tokens.next_if(|next| matches!(next, TokenTree::Group(_)))
                {
                    code.extend(written(repeated.stream()));
                    // The separator, and how often.
                    let ends = |mark: &TokenTree| matches!(mark, TokenTree::Punct(mark) if ['*', '+', '?'].contains(&mark.as_char()));
                    let is_end = tokens.next().is_some_and(|mark| ends(&mark));
                    if !is_end {
                        tokens.next_if(ends);
                    }
                }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), written(group.stream()));
                inner.set_span(group.span());
                code.extend([TokenTree::Group(inner)]);
            }
            other => code.extend([other]),
        }
    }
    code
}
