//! Borrows that a `let` binds together: each is made again by itself.
//!
//! ```text
//! let (a, b) = (&mut acc.0, &mut acc.1);  =>  let a = &mut acc.0; let b = &mut acc.1;
//! ```

use syn::{Expr, Local, LocalInit, Pat};

use crate::syntax::{pattern, uses};

/// The single bindings for `local`, if it binds a tuple with a `&mut` in it.
pub(super) fn apart(local: &Local) -> Option<Vec<Local>> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let (Pat::Tuple(pat), Expr::Tuple(value)) = (&local.pat, &*init.expr) else {
        return None;
    };
    let is_borrow = |expr: &Expr| matches!(expr, Expr::Reference(_));
    let is_exclusive =
        |expr: &Expr| matches!(expr, Expr::Reference(borrow) if borrow.mutability.is_some());
    let is_name = |pat: &Pat| matches!(pat, Pat::Ident(name) if name.subpat.is_none());
    let fits = pat.elems.len() == value.elems.len()
        && pat.elems.iter().all(is_name)
        && value.elems.iter().all(is_borrow)
        && value.elems.iter().any(is_exclusive);
    // None of the names may mean another thing in the values behind it.
    let bound = pattern::bindings(&local.pat);
    let named = uses::of_expr(&init.expr);
    let is_hidden = bound
        .iter()
        .any(|name| named.contains(&name.ident.to_string()));
    if !fits || is_hidden || !local.attrs.is_empty() {
        return None;
    }
    let apart = pat.elems.iter().zip(&value.elems);
    let apart = apart.map(|(pat, value)| Local {
        pat: pat.clone(),
        init: Some(LocalInit {
            expr: Box::new(value.clone()),
            ..init.clone()
        }),
        ..local.clone()
    });
    Some(apart.collect())
}
