//! Guards of the arms of a `match`.

use std::collections::HashSet;

use syn::{Arm, Expr, Pat};

use super::order::conjuncts;
use super::{awaits, pattern};

/// The pattern of an arm without its guard.
pub(crate) fn pattern_of(arm: &Arm) -> &Pat {
    match &arm.pat {
        Pat::Guard(guarded) => &guarded.pat,
        pat => pat,
    }
}

/// The names that a guard binds for its arm.
pub(crate) fn bound(guard: &Expr) -> HashSet<String> {
    let conds = conjuncts(guard).into_iter();
    let bound = conds.filter_map(|cond| match cond {
        Expr::Let(bound) => Some(pattern::bindings(&bound.pat)),
        _ => None,
    });
    bound
        .flatten()
        .map(|bound| bound.ident.to_string())
        .collect()
}

/// Whether the guard of an arm awaits.
pub(crate) fn awaits(arm: &Arm) -> bool {
    matches!(&arm.pat, Pat::Guard(guarded) if awaits::in_expr(&guarded.guard))
}

/// Whether an arm is lowered as a `match` of its own: its guard awaits, or binds what
/// code behind an await may name.
pub(crate) fn is_apart(arm: &Arm) -> bool {
    let binds = || matches!(&arm.pat, Pat::Guard(guarded) if !bound(&guarded.guard).is_empty());
    awaits(arm) || awaits::in_expr(&arm.body) && binds()
}
