//! Kinds of expressions that no program on stable Rust can have, so that no
//! UI test can show how they are refused.

use proc_macro2::TokenStream;

use crate::check::{self, catalog};
use crate::diag::Diagnostics;
use crate::parse;

/// How often a flow with this body is refused for a kind that is not known.
fn refusals(body: &str) -> usize {
    let source = format!("async fn f(x: u8) -> u8 {{ {body} }}");
    let item: TokenStream = source.parse().expect("the source of a test is Rust");
    let mut diag = Diagnostics::new();
    let flow = parse::flow(TokenStream::new(), item, &mut diag).expect("a function");
    check::flow(&flow, &check::Source::default(), &mut diag);
    let errors = super::errors(diag.finish());
    let text = format!("{:?}", catalog::UNKNOWN_SYNTAX);
    let constant = format!("{:?}", catalog::AWAIT_IN_CONST);
    let lines = errors.lines();
    lines
        .filter(|line| *line == text || *line == constant)
        .count()
}

#[test]
fn what_is_not_known_is_refused() {
    // `TryBlock`, `Yield`, `RawAddr`, and what syn keeps as tokens only.
    assert_eq!(refusals("let y = try { a().await? }; x"), 1);
    assert_eq!(refusals("let y = yield a().await; x"), 1);
    assert_eq!(refusals("let y = &raw const *a().await; x"), 1);
    assert_eq!(refusals("let y = builtin # deref(a().await); x"), 1);
    // Patterns.
    assert_eq!(refusals("match x { const { a().await } => 1, _ => 2 }"), 1);
}

#[test]
fn without_an_await_it_is_copied() {
    assert_eq!(refusals("let y = try { a()? }; b(y).await"), 0);
    assert_eq!(refusals("let y = builtin # deref(a()); b(y).await"), 0);
    assert_eq!(refusals("match x { const { 1 } => a().await, _ => 2 }"), 0);
}
