//! Code of a few tokens, made without the parser: the compiler of flows makes
//! much of it, and runs unoptimised in most builds.

use proc_macro2::{Delimiter, Group, Ident, Span};
use quote::quote_spanned;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{Expr, ExprMethodCall, ExprPath, ExprTuple, Pat, PatIdent, Path, Token};

/// A variable.
pub(crate) fn variable(ident: &Ident) -> Expr {
    Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: Path::from(ident.clone()),
    })
}

/// `receiver.method(argument)`
pub(crate) fn method_call(receiver: Expr, method: &str, argument: Expr) -> Expr {
    Expr::MethodCall(ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: <Token![.]>::default(),
        method: Ident::new(method, Span::call_site()),
        turbofish: None,
        paren_token: Paren::default(),
        args: Punctuated::from_iter([argument]),
    })
}

/// `mut ident`, as a pattern: what is in a temporary may be changed, as any value
/// that nobody has a name for.
pub(crate) fn binding(ident: &Ident) -> Pat {
    Pat::Ident(PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: Some(<Token![mut]>::default()),
        ident: ident.clone(),
        subpat: None,
    })
}

/// `()`
pub(crate) fn unit(span: Span) -> Expr {
    let mut group = Group::new(Delimiter::Parenthesis, proc_macro2::TokenStream::new());
    group.set_span(span);
    Expr::Tuple(ExprTuple {
        attrs: Vec::new(),
        paren_token: Paren {
            span: group.delim_span(),
        },
        elems: Punctuated::new(),
    })
}

/// `Some(pat)`
pub(crate) fn some(pat: &Pat, span: Span) -> Pat {
    let tokens = quote_spanned!(span=> ::core::option::Option::Some(#pat));
    let some = Pat::parse_single.parse2(tokens);
    some.expect("a pattern in `Some(..)` is a pattern")
}

/// `None`
pub(crate) fn none(span: Span) -> Pat {
    let tokens = quote_spanned!(span=> ::core::option::Option::None);
    let none = Pat::parse_single.parse2(tokens);
    none.expect("`None` is a pattern")
}
