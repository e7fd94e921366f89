//! The label that is given to what is awaited: `.label("..")`.

use syn::{Expr, Lit, LitStr};

/// The literal of the last `.label("..")` of `op`.
pub(crate) fn given(op: &Expr) -> Option<&LitStr> {
    match op {
        Expr::MethodCall(call) => match call.args.first() {
            Some(Expr::Lit(literal)) if call.method == "label" => match &literal.lit {
                Lit::Str(text) => Some(text),
                _ => given(&call.receiver),
            },
            _ => given(&call.receiver),
        },
        Expr::Paren(paren) => given(&paren.expr),
        Expr::Group(group) => given(&group.expr),
        _ => None,
    }
}
