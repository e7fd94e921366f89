//! What may be evaluated after operands that come later as well.

use syn::{Expr, ExprClosure, ExprPath};

use super::Desugar;
use crate::syntax::{iterator, methods, place, uses, writes};

impl Desugar {
    /// `map.entry(key).or_default()`, or `option.get_or_insert(value)`, with what it takes
    /// kept over `later`: nobody sees the map before its entry is used. A closure runs then
    /// as well, so what it names has to be the same.
    pub(super) fn entered_later(&mut self, expr: &Expr, later: &[Expr]) -> Option<Expr> {
        let Expr::MethodCall(call) = expr else {
            return None;
        };
        let mut closures = call
            .args
            .iter()
            .filter(|arg| matches!(arg, Expr::Closure(_)));
        if closures.any(|closure| names_change(closure, later)) {
            return None;
        }
        let mut entered = call.clone();
        match call.method.to_string().as_str() {
            "entry" | "get_or_insert" | "get_or_insert_default" | "get_or_insert_with" => {
                match place::of(&call.receiver) {
                    Some(map) if later.iter().any(|expr| map.may_change(expr)) => return None,
                    Some(_) => {}
                    None => *entered.receiver = self.entered_later(&call.receiver, later)?,
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

    /// Whether it is all the same if the left side of `left += right` comes before the right
    /// one or behind it: what it borrows is picked by what the right side leaves as it is.
    pub(super) fn is_any_time(&self, left: &Expr, right: &Expr) -> bool {
        let any_time = |expr: &Expr| self.is_any_time(expr, right);
        match left {
            Expr::Lit(_) => true,
            Expr::Paren(paren) => any_time(&paren.expr),
            Expr::Group(group) => any_time(&group.expr),
            Expr::Reference(reference) => any_time(&reference.expr),
            Expr::Unary(unary) => any_time(&unary.expr),
            Expr::Field(field) => any_time(&field.base),
            Expr::Index(index) => any_time(&index.expr) && any_time(&index.index),
            Expr::Path(path) if self.is_item(path) => true,
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                let is_known = methods::enters(&method)
                    || methods::picks_mut(&method)
                    || methods::is_projection(&method)
                    || methods::unwraps(&method)
                    || matches!(method.as_str(), "clone" | "to_owned" | "to_string");
                is_known && any_time(&call.receiver) && call.args.iter().all(any_time)
            }
            _ => place::of(left).is_some_and(|place| !place.may_change(right)),
        }
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
            if sources_change(expr, later) {
                return None;
            }
            let is_fixed = !arguments_change(expr, later);
            return Some(if is_fixed {
                expr.clone()
            } else {
                self.repeatable(expr)
            });
        }
        let (method, mut made) = (call.method.to_string(), call.clone());
        if method == "into_iter" && call.args.is_empty() {
            *made.receiver = self.keep_over(&call.receiver, later);
            return Some(Expr::MethodCall(made));
        }
        let may_wait = call.args.iter().all(|argument| match argument {
            Expr::Closure(closure) => !captures_change(closure, later),
            Expr::Path(path) => self.is_item(path),
            other if self.is_repeatable(other) => {
                !sources_change(other, later) && !arguments_change(other, later)
            }
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
        let may_change = place::of(origin(source))
            .is_none_or(|place| later.iter().any(|expr| place.may_change(expr)));
        may_change && !place::is_constant(source)
    })
}

/// Whether `later` may change an argument of a method in a chain.
fn arguments_change(value: &Expr, later: &[Expr]) -> bool {
    match value {
        Expr::Paren(paren) => arguments_change(&paren.expr, later),
        Expr::Field(field) => arguments_change(&field.base, later),
        Expr::MethodCall(call) => {
            arguments_change(&call.receiver, later)
                || call
                    .args
                    .iter()
                    .any(|argument| names_change(argument, later))
        }
        _ => false,
    }
}

/// Whether `later` may replace a variable that `value` names.
fn names_change(value: &Expr, later: &[Expr]) -> bool {
    uses::of_expr(value).iter().any(|name| {
        let Ok(ident) = syn::parse_str::<syn::Ident>(name) else {
            return false;
        };
        let mut later = later.iter();
        later.any(|expr| writes::may_write(&ident, false, expr))
    })
}

/// The place of `place.as_ref().unwrap().field`.
fn origin(source: &Expr) -> &Expr {
    match source {
        _ if place::of(source).is_some() => source,
        Expr::Field(field) => origin(&field.base),
        Expr::MethodCall(call) => origin(&call.receiver),
        Expr::Try(tried) => origin(&tried.expr),
        _ => source,
    }
}

/// Whether what a closure has moved into it is not what it was once `later`
/// have run.
pub(super) fn captures_change(closure: &ExprClosure, later: &[Expr]) -> bool {
    closure.capture.is_some() && names_change(&Expr::Closure(closure.clone()), later)
}
