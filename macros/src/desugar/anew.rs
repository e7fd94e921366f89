//! Values under a name that nobody changes, which are made anew for each state: iterators
//! with closures that were never asked for an item, and tables of functions.
//!
//! ```text
//! let prices = items.iter().map(|item| item.price);      // runs nothing
//! let steps: [fn(u32) -> u32; 2] = [double, next];       // the same each time
//! ```

use std::collections::BTreeSet;

use syn::{Arm, Expr, ExprIf, Pat};

use super::Desugar;
use super::again::ends;
use crate::ids::LocalId;
use crate::syntax::{iterator, macros, pattern, place, uses};

impl Desugar {
    /// What such a value is made from.
    pub(super) fn made_anew(&mut self, value: &Expr, pat: &Pat) -> Option<BTreeSet<LocalId>> {
        let Pat::Ident(bound) = pat else {
            return None;
        };
        let is_fixed = bound.mutability.is_none() && bound.by_ref.is_none();
        let is_unasked = is_fixed && iterator::has_closure(value) && self.is_unasked(value);
        if is_unasked || is_fixed && self.is_table(value) && names_function(value) {
            return Some(self.named_by(uses::paths_of_expr(value)));
        }
        None
    }

    fn is_unasked(&mut self, iterator: &Expr) -> bool {
        match iterator {
            Expr::Paren(paren) => self.is_unasked(&paren.expr),
            Expr::MethodCall(call) if call.turbofish.is_none() => {
                let is_base = self.is_repeatable(iterator);
                let wraps = iterator::wraps(&call.method.to_string());
                (is_base || wraps && self.is_unasked(&call.receiver))
                    && call.args.iter().all(|argument| self.is_same(argument))
            }
            Expr::Range(_) => self.is_same(iterator),
            _ => false,
        }
    }

    /// Whether an argument is the same whenever it is given.
    fn is_same(&mut self, argument: &Expr) -> bool {
        match argument {
            Expr::Closure(closure) if closure.capture.is_some() => false,
            Expr::Closure(_) => self.derivable(argument).is_some(),
            Expr::Range(range) => {
                let mut ends = [&range.start, &range.end].into_iter().flatten();
                ends.all(|end| self.is_same(end))
            }
            Expr::Path(path) if self.is_item(path) => self.named_temp(argument).is_none(),
            _ => self.unchanging(argument).is_some(),
        }
    }

    /// Whether a branch gives one function or another.
    pub(super) fn picks_function(&self, branch: &ExprIf) -> bool {
        let is_function = |end: &Expr| match end {
            Expr::Path(path) => self.is_item(path) && self.named_temp(end).is_none(),
            _ => false,
        };
        ends(branch).is_some_and(|(one, other)| {
            is_function(one) && is_function(other) && names_function(one)
        })
    }

    /// Whether a value is made of functions and constants alone, or is one of several by what
    /// stays as it is.
    fn is_table(&mut self, value: &Expr) -> bool {
        match value {
            Expr::If(branch) => {
                self.picks_function(branch) && self.unchanging(&branch.cond).is_some()
            }
            Expr::Match(matched) => {
                let mut arms = matched.arms.iter();
                self.unchanging(&matched.expr).is_some()
                    && arms.all(|Arm { pat, body, .. }| {
                        let is_plain = !matches!(pat, Pat::Guard(_));
                        is_plain && pattern::bindings(pat).is_empty() && self.is_table(body)
                    })
            }
            Expr::Array(array) => array.elems.iter().all(|item| self.is_table(item)),
            Expr::Tuple(tuple) => tuple.elems.iter().all(|part| self.is_table(part)),
            Expr::Paren(paren) => self.is_table(&paren.expr),
            Expr::Cast(cast) => self.is_table(&cast.expr),
            Expr::Path(path) => self.is_item(path) && self.named_temp(value).is_none(),
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => macros::arguments(&mac.mac)
                .is_some_and(|known| known.exprs.iter().all(|item| self.is_table(item))),
            _ => place::is_constant(value),
        }
    }
}

/// Whether a table has a function in it, or a constant in small letters.
fn names_function(table: &Expr) -> bool {
    match table {
        Expr::Array(array) => array.elems.iter().any(names_function),
        Expr::Tuple(tuple) => tuple.elems.iter().any(names_function),
        Expr::Paren(paren) => names_function(&paren.expr),
        Expr::Cast(cast) => names_function(&cast.expr),
        Expr::If(branch) => ends(branch).is_some_and(|(one, _)| names_function(one)),
        Expr::Match(matched) => matched.arms.iter().any(|arm| names_function(&arm.body)),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.starts_with(|first: char| first.is_lowercase() || first == '_')
        }),
        Expr::Macro(mac) => {
            macros::arguments(&mac.mac).is_some_and(|known| known.exprs.iter().any(names_function))
        }
        _ => false,
    }
}
