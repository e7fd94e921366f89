//! Where awaits stand.
//!
//! Closures, `async` blocks and items have bodies of their own: an await in
//! them is not one of the flow's. A `flow::join!` or `flow::race!` awaits.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAsync, ExprAwait, ExprCall, ExprClosure, Item, Macro, Pat, Stmt};

use super::fork;

/// Whether evaluating `expr` may await.
pub(crate) fn in_expr(expr: &Expr) -> bool {
    found(|finder| finder.visit_expr(expr))
}

/// Whether matching `pat` may await: in its guard.
pub(crate) fn in_pat(pat: &Pat) -> bool {
    found(|finder| finder.visit_pat(pat))
}

/// Whether running `block` may await.
pub(crate) fn in_block(block: &Block) -> bool {
    found(|finder| finder.visit_block(block))
}

/// Whether running `stmt` may await.
pub(crate) fn in_stmt(stmt: &Stmt) -> bool {
    found(|finder| finder.visit_stmt(stmt))
}

/// The first `await` that follows a dot in `tokens`, at any depth.
pub(crate) fn in_tokens(tokens: &TokenStream) -> Option<TokenTree> {
    let mut after_dot = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Ident(ident) if after_dot && ident == "await" => return Some(token),
            TokenTree::Ident(ident)
                if fork::KINDS.iter().any(|kind| ident == fork::mark(*kind)) =>
            {
                return Some(token);
            }
            TokenTree::Group(group) => {
                if let Some(found) = in_tokens(&group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
        after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
    }
    None
}

fn found(search: impl FnOnce(&mut Finder)) -> bool {
    let mut finder = Finder(false);
    search(&mut finder);
    finder.0
}

struct Finder(bool);

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            _ if self.0 => {}
            // What syn does not know, it does not visit.
            Expr::Verbatim(tokens) => self.0 = in_tokens(tokens).is_some(),
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_expr_await(&mut self, _: &'ast ExprAwait) {
        self.0 = true;
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.0 |= fork::of(call).is_some();
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.0 |= in_tokens(&mac.tokens).is_some();
    }

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}
