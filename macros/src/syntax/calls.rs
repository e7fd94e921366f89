//! Calls of what the library offers to flows: `flow::name(..)`.

use syn::{Expr, ExprCall, Ident};

/// The name of what is called, if it stands behind `flow::`.
pub(crate) fn of_flow(call: &ExprCall) -> Option<&Ident> {
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let mut names = path.path.segments.iter().rev().map(|part| &part.ident);
    let (name, module) = (names.next()?, names.next()?);
    (module == "flow").then_some(name)
}
