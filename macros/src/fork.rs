//! `flow::join!(a, b)` and `flow::race! { x = a => .. }` in a body, as calls
//! that all passes see through:
//!
//! ```text
//! flow::join!(a, b)                          =>  #[__flow_join] flow::join(a, b)
//! flow::race! { x = a => f(x), y = b => 1 }  =>  match #[__flow_race] flow::race(a, b) {
//!     This(v) => { let x = v; f(x) }  Other(v) => { let y = v; 1 } }
//! ```
//!
//! One that cannot be read, or has attributes, stays a macro, which gate 1
//! refuses.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Pat, Stmt, Token, parse_quote_spanned};

use crate::names;
use crate::syntax::fork::{self, Kind};
use crate::syntax::macros;

/// Opens all forks of a body.
pub(crate) fn open(body: &mut Block) {
    Opener { opened: 0 }.visit_block_mut(body);
}

struct Opener {
    opened: usize,
}

impl VisitMut for Opener {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let last = block.stmts.len().saturating_sub(1);
        for (index, stmt) in block.stmts.iter_mut().enumerate() {
            if let Stmt::Macro(mac) = stmt
                && mac.attrs.is_empty()
                && let Some(expr) = opened(&mac.mac)
            {
                self.opened += 1;
                // In the middle of a block, braces end a statement, as those of a
                // `match` do.
                let end = Token![;](mac.mac.path.span());
                let ends = index < last && !matches!(expr, Expr::Match(_));
                let semi = mac.semi_token.or(ends.then_some(end));
                *stmt = Stmt::Expr(expr, semi);
            }
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(mac) = expr
            && mac.attrs.is_empty()
            && let Some(call) = opened(&mac.mac)
        {
            self.opened += 1;
            *expr = call;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let Some(mut arguments) = macros::arguments(mac) else {
            return;
        };
        let mut exprs = std::mem::take(&mut arguments.exprs);
        let before = self.opened;
        for expr in &mut exprs {
            self.visit_expr_mut(expr);
        }
        if self.opened > before {
            mac.tokens = arguments.rebuild(&exprs);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

fn opened(mac: &Macro) -> Option<Expr> {
    let kind = fork::named(&mac.path)?;
    let (operands, handlers) = operands(kind, mac.tokens.clone()).ok()?;
    if operands.is_empty() {
        return None;
    }
    let (path, span) = (&mac.path, mac.path.span());
    let mark = Ident::new(fork::mark(kind), span);
    let call = quote_spanned!(span=> #[#mark] #path(#(#operands),*));
    match kind {
        Kind::Join | Kind::TryJoin => syn::parse2(call).ok(),
        Kind::Race => Some(raced(&call, &handlers, mac)),
    }
}

/// Why a fork cannot be read, if that is so.
pub(crate) fn misread(mac: &Macro) -> Option<syn::Error> {
    let kind = fork::named(&mac.path)?;
    operands(kind, mac.tokens.clone()).err()
}

/// The operands, and what a race does with each.
fn operands(kind: Kind, tokens: TokenStream) -> syn::Result<(Vec<Expr>, Vec<Handler>)> {
    match kind {
        Kind::Join | Kind::TryJoin => {
            let list = Punctuated::<Expr, Token![,]>::parse_terminated;
            let operands = list.parse2(tokens)?.into_iter().collect();
            Ok((operands, Vec::new()))
        }
        Kind::Race => Ok(branches.parse2(tokens)?.into_iter().unzip()),
    }
}

/// What a branch of a race binds, and what it does then.
type Handler = (Pat, Expr);

/// Without braces of its own, which stand in others: rustc would call them unnecessary.
fn bare(handler: &Expr) -> TokenStream {
    match handler {
        Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => {
            let stmts = &block.block.stmts;
            quote!(#(#stmts)*)
        }
        _ => handler.to_token_stream(),
    }
}

/// `pattern = operation => handler, ..`
fn branches(input: ParseStream<'_>) -> syn::Result<Vec<(Expr, Handler)>> {
    let mut branches = Vec::new();
    while !input.is_empty() {
        let pat = match Pat::parse_multi_with_leading_vert(input)? {
            // A `let` has alternatives in parentheses.
            pat @ Pat::Or(_) => parse_quote_spanned!(pat.span()=> (#pat)),
            pat => pat,
        };
        input.parse::<Token![=]>()?;
        let operand: Expr = input.parse()?;
        input.parse::<Token![=>]>()?;
        let handler: Expr = input.call(Expr::parse_with_earlier_boundary_rule)?;
        let ends = matches!(&handler, Expr::Block(_));
        if !input.is_empty() && (!ends || input.peek(Token![,])) {
            input.parse::<Token![,]>()?;
        }
        branches.push((operand, (pat, handler)));
    }
    Ok(branches)
}

fn raced(call: &TokenStream, handlers: &[Handler], mac: &Macro) -> Expr {
    let span = mac.path.span();
    let (won, runtime) = (names::ident("won"), names::runtime(span));
    let last = handlers.len().saturating_sub(1);
    let arms = handlers.iter().enumerate().map(|(index, (pat, handler))| {
        let mut winner = quote!(#won);
        if index < last {
            winner = quote!(#runtime::Won::This(#winner));
        }
        for _ in 0..index {
            winner = quote!(#runtime::Won::Other(#winner));
        }
        // A `let _` says less than the pattern of a race: clippy would mend it.
        let bound = (!matches!(pat, Pat::Wild(_))).then(|| quote!(let #pat = #won;));
        // Clippy would have a `()` at the end of a block left out.
        let handler = (!is_unit(handler)).then(|| bare(handler));
        quote_spanned!(pat.span()=> #winner => { #bound #handler })
    });
    // It ends as it is written: of a last statement without a value clippy asks for a
    // semicolon, unless it ends with a brace.
    let mut arms = Group::new(Delimiter::Brace, arms.collect());
    arms.set_span(mac.delimiter.span().join());
    parse_quote_spanned!(span=> match #call #arms)
}

fn is_unit(expr: &Expr) -> bool {
    matches!(expr, Expr::Tuple(tuple) if tuple.elems.is_empty() && tuple.attrs.is_empty())
}
