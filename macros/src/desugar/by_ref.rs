//! `ref` and `ref mut` in patterns: what they borrow must be a place, so that the
//! borrow can be made again.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{Expr, LocalInit, Pat, Type, parse_quote_spanned};

use super::Desugar;
use crate::syntax::{pattern, place};

impl Desugar {
    /// `value` in a temporary if one of `pats` borrows from it: so it is kept, and the
    /// borrow made again.
    pub(super) fn placed<'p>(
        &mut self,
        value: Expr,
        pats: impl IntoIterator<Item = &'p Pat>,
    ) -> Expr {
        if !pats.into_iter().any(pattern::is_by_ref) {
            return value;
        }
        // The outcome of an await is no place: its name stands for a value.
        let outcome = |name: &Ident| self.temps.contains_key(&name.to_string());
        let is_outcome =
            matches!(&value, Expr::Path(name) if name.path.get_ident().is_some_and(outcome));
        let is_place = place::of(&value).is_some() && !is_outcome;
        if is_place || self.derivable(&value).is_some() {
            value
        } else if !is_outcome && let Some(mut pinned) = self.pinned(&value, &[]) {
            // A place in what a call gives.
            self.pick(&mut pinned);
            pinned
        } else {
            self.spill(&value)
        }
    }

    /// `let ref r = value()`  =>  `let t = value(); let ref r = t`
    pub(super) fn placed_init(
        &mut self,
        mut init: LocalInit,
        pat: &Pat,
        ty: Option<&Type>,
    ) -> LocalInit {
        if ty.is_none() && pattern::is_by_ref(pat) {
            let value = self.initial_value(&init, None);
            *init.expr = self.placed(value, [pat]);
        }
        init
    }
}

/// Whether a condition binds borrows of a value that no variable holds.
pub(super) fn borrows_value(cond: &Expr) -> bool {
    match cond {
        Expr::Let(bound) => pattern::is_by_ref(&bound.pat) && place::of(&bound.expr).is_none(),
        _ => false,
    }
}

/// `let ref r = place`  =>  `let r = &place`
pub(super) fn borrowed(pat: Pat, init: Option<LocalInit>) -> (Pat, Option<LocalInit>) {
    match (pat, init) {
        (Pat::Ident(mut ident), Some(mut init))
            if ident.by_ref.is_some()
                && ident.subpat.is_none()
                && place::of(&init.expr).is_some() =>
        {
            let (span, expr) = (init.eq_token.span(), &init.expr);
            let mutable = ident.mutability.take();
            *init.expr = parse_quote_spanned!(span=> & #mutable #expr);
            ident.by_ref = None;
            (Pat::Ident(ident), Some(init))
        }
        other => other,
    }
}
