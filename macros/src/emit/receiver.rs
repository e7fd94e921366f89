//! The `self` of a method, which is an argument of another name in the flow beside the
//! `impl`: where rustc speaks of it, it has its own name again.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};

/// `self`, where the argument stands that is called `this`.
pub(super) fn named_self(this: &Ident) -> Ident {
    Ident::new("self", this.span())
}

/// `code` with `self` for `this`, a name that no other word in it has a part of.
pub(super) fn with_self(this: &Ident, code: TokenStream) -> TokenStream {
    let renamed = code.into_iter().map(|token| match token {
        TokenTree::Ident(name) if name == *this => named_self(&name).into(),
        TokenTree::Group(group) => {
            let mut renamed = Group::new(group.delimiter(), with_self(this, group.stream()));
            renamed.set_span(group.span());
            renamed.into()
        }
        // What a text shows in braces.
        TokenTree::Literal(text) => in_text(this, &text).unwrap_or(text).into(),
        other => other,
    });
    renamed.collect()
}

fn in_text(this: &Ident, text: &Literal) -> Option<Literal> {
    let (written, shown) = (text.to_string(), format!("{{{this}"));
    if !written.contains(&shown) {
        return None;
    }
    let mut renamed: Literal = written.replace(&shown, "{self").parse().ok()?;
    renamed.set_span(text.span());
    Some(renamed)
}
