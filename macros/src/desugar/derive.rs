//! Values that are made again after an await instead of being stored: borrows
//! of steady places, closures, and the items of iterators over such places.
//!
//! rustc has checked, on the plain copy, that nothing changes a place while it
//! is borrowed; what could change is which place is meant.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, Pat, parse_quote_spanned};

use super::Desugar;
use crate::ids::LocalId;
use crate::names;
use crate::syntax::{awaits, iterator, methods, pattern, place, uses};

impl Desugar {
    /// The locals from which a borrow or a closure can be made again.
    ///
    /// Only a borrow: `let a = r.x` may be a copy, which stays what it was
    /// when the place changes.
    pub(super) fn derivable(&mut self, expr: &Expr) -> Option<BTreeSet<LocalId>> {
        let place = match expr {
            Expr::Lit(_) if place::is_borrow(expr) => return Some(BTreeSet::new()),
            Expr::Reference(reference) if place::borrows_constant(reference) => {
                return Some(BTreeSet::new());
            }
            Expr::Reference(reference) => &*reference.expr,
            Expr::Paren(paren) => return self.derivable(&paren.expr),
            Expr::MethodCall(_) | Expr::Try(_) => return self.projected(expr),
            Expr::Closure(closure) => return self.captures(closure),
            Expr::If(branch) => return self.either(branch),
            Expr::Path(path) => {
                let local = self.named(place::variable(path)?, Vec::new())?;
                return self.locals[local]
                    .is_borrow
                    .then(|| BTreeSet::from([local]));
            }
            _ => return None,
        };
        self.steady(place)
    }

    /// What a borrow by methods like `as_str` is made from.
    pub(super) fn projected(&mut self, expr: &Expr) -> Option<BTreeSet<LocalId>> {
        match expr {
            Expr::MethodCall(call) if call.turbofish.is_none() => {
                let method = call.method.to_string();
                if method == super::chosen::BORROWED && self.is_chosen(expr) {
                    return Some(self.named_by(uses::paths_of_expr(expr)));
                }
                if methods::unwraps(&method) && call.args.iter().all(place::is_constant) {
                    return self.projected(&call.receiver);
                }
                if !methods::is_projection(&method) && !methods::picks_mut(&method) {
                    return None;
                }
                let steady = self.steady(&call.receiver);
                let mut roots = steady.or_else(|| self.projected(&call.receiver))?;
                for argument in &call.args {
                    roots.extend(self.unchanging(argument)?);
                }
                Some(roots)
            }
            Expr::Field(field) => self.projected(&field.base),
            Expr::Try(tried) => match &*tried.expr {
                Expr::MethodCall(call) if methods::explains(&call.method.to_string()) => {
                    self.projected(&call.receiver)
                }
                tried => self.projected(tried),
            },
            _ => None,
        }
    }

    /// What an argument is made of, if it is the same whenever it is given.
    pub(super) fn unchanging(&mut self, expr: &Expr) -> Option<BTreeSet<LocalId>> {
        let place = match expr {
            Expr::Reference(reference) if reference.mutability.is_none() => &reference.expr,
            _ => expr,
        };
        let named = place::of(place).map(|place| place.root);
        let is_fixed = named.is_none_or(|name| !self.scopes.is_mutable(name));
        is_fixed.then(|| self.steady(place)).flatten()
    }

    /// A value that may be made again; of a method rustc must say that what it
    /// gives is a borrow, as its name has it.
    pub(super) fn borrowing(&mut self, expr: &Expr) -> Expr {
        // A part of what it borrows is a value.
        if matches!(expr, Expr::Field(_)) || self.is_chosen(expr) || self.projected(expr).is_none()
        {
            return expr.clone();
        }
        let judged = names::ident("judged");
        parse_quote_spanned!(expr.span()=> #judged.borrowing(#expr))
    }

    /// What the bindings of `pat` are made from, if matching `value` again makes
    /// them again: `value` is a borrow, or they are by `ref`.
    pub(super) fn matched_again(&mut self, value: &Expr, pat: &Pat) -> Option<BTreeSet<LocalId>> {
        match self.derivable(value) {
            Some(roots) => pattern::rebinds(pat).then_some(roots),
            None if pattern::is_by_ref(pat) => self.steady(value),
            None => None,
        }
    }

    /// What a place is made of, if it stays the same one.
    pub(super) fn steady(&mut self, expr: &Expr) -> Option<BTreeSet<LocalId>> {
        if place::is_constant(expr) {
            return Some(BTreeSet::new());
        }
        let place = place::of(expr)?;
        let fixed = |name: &&Ident| !self.scopes.is_mutable(name);
        if !self.is_steady(place.root) || !place.indices.iter().all(fixed) {
            return None;
        }
        let mut roots = BTreeSet::from([self.named(place.root, place.fields)?]);
        for index in place.indices {
            roots.insert(self.named(index, Vec::new())?);
        }
        Some(roots)
    }

    /// Whether a local is the same value as long as something borrows it. What
    /// is owned nobody replaces then; a borrow may be replaced by another.
    fn is_steady(&self, name: &Ident) -> bool {
        let row = self.scopes.local(name).map(|local| &self.locals[local]);
        let is_owned = row.is_some_and(|row| !row.is_borrow && !row.is_lent);
        is_owned
            || !self.scopes.is_mutable(name)
            || !self.reassigned.contains_key(&name.to_string())
    }

    /// What a closure is made from, if it can be made again: what it borrows
    /// nobody changes while it lives, and what is moved into it must be such
    /// that nobody can.
    fn captures(&mut self, closure: &ExprClosure) -> Option<BTreeSet<LocalId>> {
        let paths = uses::paths_of_expr(&Expr::Closure(closure.clone()));
        let names = paths.keys().map(|name| syn::parse_str::<Ident>(name));
        let moves = closure.capture.is_some();
        let mut steady = names.flatten().map(|name| {
            let fixed = !self.scopes.is_mutable(&name);
            fixed || !moves && self.is_steady(&name)
        });
        let steady = steady.all(|steady| steady);
        steady.then(|| self.named_by(paths))
    }

    /// A closure that can be made again borrows what it would move: what is
    /// moved away could not be kept for the next time.
    pub(super) fn borrowing_closure(&mut self, value: Expr) -> Expr {
        match value {
            Expr::Closure(mut closure) if self.captures(&closure).is_some() => {
                closure.capture = None;
                Expr::Closure(closure)
            }
            other => other,
        }
    }

    /// Whether an iterator gives the same items whenever it is made: methods of
    /// std that have no effect, on steady places and ranges.
    pub(super) fn is_repeatable(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(paren) => self.is_repeatable(&paren.expr),
            Expr::Reference(_) => self.derivable(expr).is_some(),
            Expr::Path(_) => self.is_derived(expr) || place::is_constant(expr),
            Expr::Range(_) => !awaits::in_expr(expr),
            Expr::Array(_) => place::is_constant(expr),
            Expr::MethodCall(call) if call.turbofish.is_none() => {
                let method = call.method.to_string();
                let receiver = if iterator::is_source(&method) {
                    let steady = self.steady(&call.receiver);
                    steady.is_some() || self.projected(&call.receiver).is_some()
                } else {
                    iterator::is_adaptor(&method) && self.is_repeatable(&call.receiver)
                };
                receiver && call.args.iter().all(|argument| self.is_argument(argument))
            }
            _ => false,
        }
    }

    /// `expr` with what it borrows kept in a temporary, if that has no name:
    /// `&load().await`, `load().await.iter()`.
    pub(super) fn held(&mut self, expr: &Expr) -> Expr {
        let mut held = expr.clone();
        match &mut held {
            Expr::Paren(paren) => *paren.expr = self.held(&paren.expr),
            Expr::Reference(reference) if place::borrows_value(reference) => {
                let value = self.value(&reference.expr);
                *reference.expr = self.spill(&value);
            }
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                if iterator::is_adaptor(&method) {
                    *call.receiver = self.held(&call.receiver);
                    for argument in &mut call.args {
                        *argument = self.held(argument);
                    }
                } else if iterator::is_source(&method)
                    && iterator::is_owned(&call.receiver)
                    && !place::is_constant(&call.receiver)
                {
                    let value = self.value(&call.receiver);
                    *call.receiver = self.spill(&value);
                }
            }
            _ => {}
        }
        held
    }

    fn is_argument(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Reference(_) => self.derivable(expr).is_some(),
            Expr::Closure(_) => false,
            other => !awaits::in_expr(other),
        }
    }

    /// Such an iterator, with the values that its methods take kept.
    pub(super) fn repeatable(&mut self, expr: &Expr) -> Expr {
        let mut kept = expr.clone();
        match &mut kept {
            Expr::Paren(paren) => *paren.expr = self.repeatable(&paren.expr),
            Expr::Range(range) => {
                for end in [&mut range.start, &mut range.end].into_iter().flatten() {
                    **end = self.fixed(end);
                }
            }
            Expr::MethodCall(call) => {
                if iterator::is_adaptor(&call.method.to_string()) {
                    *call.receiver = self.repeatable(&call.receiver);
                }
                for argument in &mut call.args {
                    *argument = if self.is_repeatable(argument) {
                        self.repeatable(argument)
                    } else {
                        self.fixed(argument)
                    };
                }
            }
            _ => {}
        }
        kept
    }

    /// A value that stays the same, cloned each time that it is given away.
    fn fixed(&mut self, expr: &Expr) -> Expr {
        if place::is_constant(expr) {
            return expr.clone();
        }
        let is_fixed = match expr {
            Expr::Path(path) => {
                place::variable(path).is_some_and(|name| !self.scopes.is_mutable(name))
            }
            Expr::Range(_) => return self.repeatable(expr),
            _ => false,
        };
        let fixed = if is_fixed {
            expr.clone()
        } else {
            self.spill(expr)
        };
        let span = expr.span();
        let runtime = names::runtime(span);
        parse_quote_spanned!(span=> #runtime::again(&#fixed))
    }
}
