//! Whether code never comes to its end, as far as it shows without types.
//!
//! Saying no where it does diverge is safe but for one thing: what is moved
//! before looks as if it were still needed behind.

use syn::{Block, Expr, Stmt};

use super::conditional::{is_cfg, is_conditional};

/// Whether `expr` never has a value.
pub(crate) fn expr(value: &Expr) -> bool {
    match value {
        _ if is_conditional(value) => false,
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Paren(paren) => expr(&paren.expr),
        Expr::Group(group) => expr(&group.expr),
        Expr::Block(inner) => inner.label.is_none() && block(&inner.block),
        Expr::Unsafe(inner) => block(&inner.block),
        Expr::If(branch) => {
            let otherwise = branch.else_branch.as_ref();
            block(&branch.then_branch) && otherwise.is_some_and(|(_, otherwise)| expr(otherwise))
        }
        Expr::Match(matched) => matched.arms.iter().all(|arm| expr(&arm.body)),
        Expr::Macro(mac) => panics(&mac.mac),
        _ => false,
    }
}

fn block(block: &Block) -> bool {
    stmts(&block.stmts)
}

/// Whether `stmts` never come to their end.
pub(super) fn stmts(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| match stmt {
        Stmt::Expr(value, _) => expr(value),
        Stmt::Macro(mac) => panics(&mac.mac) && !mac.attrs.iter().any(is_cfg),
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| expr(&init.expr)),
        Stmt::Item(_) => false,
    })
}

/// Whether a macro is known to panic or return.
pub(crate) fn panics(mac: &syn::Macro) -> bool {
    let name = mac
        .path
        .segments
        .last()
        .map(|segment| segment.ident.to_string());
    matches!(
        name.as_deref(),
        Some("panic" | "unreachable" | "todo" | "unimplemented" | "bail")
    )
}
