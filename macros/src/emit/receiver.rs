//! The `self` of a method, which is an argument of another name in the flow beside the
//! `impl`: where rustc speaks of it, it has its own name again.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// `self`, where the argument stands that is called `this`.
pub(super) fn named_self(this: &Ident) -> Ident {
    Ident::new("self", this.span())
}

/// `code` with `self` for `this`, a name that no other word in it has.
pub(super) fn with_self(this: &Ident, code: TokenStream) -> TokenStream {
    let mut renamed: Vec<TokenTree> = Vec::new();
    for token in code {
        renamed.push(match token {
            // `, self = this` of a text that names `self`: it need not be said now.
            TokenTree::Ident(name) if name == *this && names_self(&renamed) => {
                renamed.truncate(renamed.len().saturating_sub(3));
                continue;
            }
            TokenTree::Ident(name) if name == *this => named_self(&name).into(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), with_self(this, group.stream()));
                inner.set_span(group.span());
                inner.into()
            }
            other => other,
        });
    }
    renamed.into_iter().collect()
}

/// Whether `, self =` has come last.
fn names_self(tokens: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, sign: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign);
    match tokens {
        [.., comma, TokenTree::Ident(name), equals] => {
            is(comma, ',') && name == "self" && is(equals, '=')
        }
        _ => false,
    }
}
