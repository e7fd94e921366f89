//! What is no Rust, but what rustc tells of and goes on from: so does the compiler of flows.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item};

/// `op.await()`  =>  `op.await`
pub(super) fn mend(body: &mut Block) {
    Mend.visit_block_mut(body);
}

struct Mend;

impl VisitMut for Mend {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Call(call) = expr
            && matches!(&*call.func, Expr::Await(_))
            && call.args.is_empty()
        {
            *expr = (*call.func).clone();
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
