//! What a block that is an operand of a `join!` comes to, where the tokens
//! alone say that it cannot be stored; all else is left to rustc.

use syn::{Block, Expr, Lit, Stmt};

use super::catalog;
use crate::diag::Diagnostics;

/// Refuses each literal of text or bytes that `block` may end with.
pub(super) fn check(block: &Block, diag: &mut Diagnostics) {
    if let Some(Stmt::Expr(tail, None)) = block.stmts.last() {
        end(tail, diag);
    }
}

fn end(tail: &Expr, diag: &mut Diagnostics) {
    match tail {
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_) | Lit::ByteStr(_)) => {
            diag.refuse(tail, catalog::BORROWED_OUTPUT);
        }
        Expr::Block(inner) => check(&inner.block, diag),
        Expr::If(inner) => {
            check(&inner.then_branch, diag);
            if let Some((_, otherwise)) = &inner.else_branch {
                end(otherwise, diag);
            }
        }
        Expr::Match(inner) => inner.arms.iter().for_each(|arm| end(&arm.body, diag)),
        Expr::Tuple(inner) => inner.elems.iter().for_each(|part| end(part, diag)),
        Expr::Paren(inner) => end(&inner.expr, diag),
        Expr::Group(inner) => end(&inner.expr, diag),
        _ => {}
    }
}
