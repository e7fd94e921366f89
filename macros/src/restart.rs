//! `flow::restart(..).await;` in a body, as the `return` that it is:
//!
//! ```text
//! flow::restart(job(n + 1)).await;  =>  return flow::restart(job(n + 1)).await;
//! ```
//!
//! Nothing behind it runs, and of a value that nobody takes rustc would not know the type.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprClosure, Item, Stmt, parse_quote_spanned};

use crate::syntax::calls;

/// Writes the `return`s.
pub(crate) fn ends(body: &mut Block) {
    Ends.visit_block_mut(body);
}

struct Ends;

impl VisitMut for Ends {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Expr(expr, Some(_)) = stmt
            && is_restart(expr)
        {
            *expr = parse_quote_spanned!(Span::mixed_site()=> return #expr);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    // A `return` there is another one.
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// Whether a restart is awaited, by whatever label.
fn is_restart(expr: &Expr) -> bool {
    let Expr::Await(awaited) = expr else {
        return false;
    };
    let mut op = &*awaited.base;
    while let Expr::MethodCall(call) = op {
        op = &call.receiver;
    }
    matches!(op, Expr::Call(call) if calls::of_flow(call).is_some_and(|name| name == "restart"))
}
