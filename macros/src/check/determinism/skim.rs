//! Takes the bodies of functions out of a file before it is parsed: most of them
//! nobody asks for, and to parse them would be most of the work.
//!
//! ```text
//! fn a() -> u8 { one() }  impl B { fn c() { two() } }
//!     =>  fn a() -> u8 { 0 }  impl B { fn c() { 1 } }, [one(), two()]
//! ```

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use syn::{Block, Expr, Lit, Stmt};

/// The bodies of functions, by the numbers that stand for them.
pub(super) type Bodies = Vec<TokenStream>;

/// The tokens of a file without bodies, and these.
pub(super) fn skim(file: TokenStream) -> (TokenStream, Bodies) {
    let mut bodies = Bodies::new();
    let skimmed = items(file, &mut bodies);
    (skimmed, bodies)
}

/// The body that `block` stands for.
pub(super) fn body(block: &Block, bodies: &Bodies) -> Option<TokenStream> {
    match block.stmts.as_slice() {
        [Stmt::Expr(Expr::Lit(literal), None)] => match &literal.lit {
            Lit::Int(number) => bodies.get(number.base10_parse::<usize>().ok()?).cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// What the next braces are.
#[derive(Clone, Copy)]
enum Next {
    Body,
    Items,
    Other,
}

fn items(tokens: TokenStream, bodies: &mut Bodies) -> TokenStream {
    let mut next = Next::Other;
    let mut is_named = false;
    let items = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inner = match std::mem::replace(&mut next, Next::Other) {
                Next::Body => {
                    let number = Literal::usize_unsuffixed(bodies.len());
                    bodies.push(group.stream());
                    TokenTree::from(number).into()
                }
                Next::Items => items(group.stream(), bodies),
                Next::Other => return TokenTree::Group(group),
            };
            let mut skimmed = Group::new(Delimiter::Brace, inner);
            skimmed.set_span(group.span());
            TokenTree::Group(skimmed)
        }
        TokenTree::Ident(word) => {
            // `fn name`, unlike `fn(u8)`.
            if std::mem::take(&mut is_named) {
                next = Next::Body;
            }
            match word.to_string().as_str() {
                "fn" => is_named = true,
                "mod" | "impl" | "trait" if matches!(next, Next::Other) => next = Next::Items,
                _ => {}
            }
            TokenTree::Ident(word)
        }
        other => {
            is_named = false;
            if matches!(&other, TokenTree::Punct(punct) if punct.as_char() == ';') {
                next = Next::Other;
            }
            other
        }
    });
    items.collect()
}
