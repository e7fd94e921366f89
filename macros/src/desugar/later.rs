//! What may be evaluated after operands that come later as well.

use syn::{Expr, ExprClosure, ExprPath};

use super::Desugar;
use crate::syntax::{iterator, place, uses, writes};

impl Desugar {
    /// `map.entry(key).or_default()` with what it takes kept over `later`: nobody sees
    /// the map before its entry is used.
    pub(super) fn entered_later(&mut self, expr: &Expr, later: &[Expr]) -> Option<Expr> {
        let Expr::MethodCall(call) = expr else {
            return None;
        };
        let mut entered = call.clone();
        match call.method.to_string().as_str() {
            "entry" => {
                let map = place::of(&call.receiver)?;
                if later.iter().any(|expr| map.may_change(expr)) {
                    return None;
                }
            }
            "or_default" | "or_insert" | "or_insert_with" => {
                *entered.receiver = self.entered_later(&call.receiver, later)?;
            }
            _ => return None,
        }
        for argument in &mut entered.args {
            *argument = self.keep_over(argument, later);
        }
        Some(Expr::MethodCall(entered))
    }

    /// Whether a path names no local.
    pub(super) fn is_item(&self, path: &ExprPath) -> bool {
        place::variable(path).is_none_or(|name| self.scopes.local(name).is_none())
    }

    /// An iterator that is made after `later` instead: making one runs nothing, its
    /// closures neither. What it goes over is kept.
    pub(super) fn made_later(&mut self, expr: &Expr, later: &[Expr]) -> Option<Expr> {
        let Expr::MethodCall(call) = expr else {
            return None;
        };
        if self.is_repeatable(expr) {
            return (!sources_change(expr, later)).then(|| expr.clone());
        }
        let (method, mut made) = (call.method.to_string(), call.clone());
        if method == "into_iter" && call.args.is_empty() {
            *made.receiver = self.keep_over(&call.receiver, later);
            return Some(Expr::MethodCall(made));
        }
        let may_wait = call.args.iter().all(|argument| match argument {
            Expr::Closure(closure) => !captures_change(closure, later),
            Expr::Path(path) => self.is_item(path),
            other if self.is_repeatable(other) => !sources_change(other, later),
            other => place::is_constant(other),
        });
        if !iterator::wraps(&method) || !may_wait {
            return None;
        }
        *made.receiver = self.made_later(&call.receiver, later)?;
        Some(Expr::MethodCall(made))
    }
}

/// Whether `later` may change what an iterator goes over.
fn sources_change(value: &Expr, later: &[Expr]) -> bool {
    let mut sources = iterator::sources(value).into_iter();
    sources.any(|source| {
        let may_change =
            place::of(source).is_none_or(|place| later.iter().any(|expr| place.may_change(expr)));
        may_change && !place::is_constant(source)
    })
}

/// Whether what a closure has moved into it is not what it was once `later`
/// have run.
pub(super) fn captures_change(closure: &ExprClosure, later: &[Expr]) -> bool {
    closure.capture.is_some()
        && uses::of_expr(&Expr::Closure(closure.clone()))
            .iter()
            .any(|name| {
                let Ok(ident) = syn::parse_str::<syn::Ident>(name) else {
                    return false;
                };
                later
                    .iter()
                    .any(|expr| writes::may_write(&ident, false, expr))
            })
}
