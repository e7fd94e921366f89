//! Operands: what comes before the last await among them is evaluated before
//! it, into temporaries; the rest stays where it is.
//!
//! Spilling little matters: a place stays a place, so that it is moved or
//! borrowed where rustc would do it; closures, literals and paths cannot be
//! seen to move.

use syn::spanned::Spanned;
use syn::{Expr, Member, parse_quote_spanned};

use super::Desugar;
use crate::model::{Bind, Stmt};
use crate::syntax::{awaits, place};

impl Desugar {
    /// Lowers an expression by its operands, in the order of evaluation.
    pub(super) fn operands_of(&mut self, expr: &Expr) -> Expr {
        let mut lowered = expr.clone();
        let mut slots = children(&mut lowered);
        let operands: Vec<Expr> = slots.iter().map(|slot| (**slot).clone()).collect();
        let values = self.operands(&operands);
        for (slot, value) in slots.iter_mut().zip(values) {
            **slot = value;
        }
        lowered
    }

    /// Lowers operands that are evaluated one after the other.
    pub(super) fn operands(&mut self, operands: &[Expr]) -> Vec<Expr> {
        let last = operands.iter().rposition(awaits::in_expr);
        let mut values = Vec::with_capacity(operands.len());
        for (index, operand) in operands.iter().enumerate() {
            let value = self.value(operand);
            let later = operands.get(index + 1..).unwrap_or_default();
            let before_await = last.is_some_and(|last| index < last);
            values.push(if before_await {
                self.keep_over(&value, later)
            } else {
                value
            });
        }
        values
    }

    /// Makes `value` safe from what `later` operands do.
    fn keep_over(&mut self, value: &Expr, later: &[Expr]) -> Expr {
        match value {
            Expr::Lit(_) | Expr::Closure(_) => value.clone(),
            Expr::Reference(reference) => {
                let mut kept = reference.clone();
                if place::of(&reference.expr).is_none() {
                    *kept.expr = self.keep_over(&reference.expr, later);
                }
                Expr::Reference(kept)
            }
            Expr::Path(path)
                if place::variable(path).is_none_or(|name| self.scopes.local(name).is_none()) =>
            {
                value.clone()
            }
            _ => match place::of(value) {
                Some(place) if !later.iter().any(|expr| place.may_change(expr)) => value.clone(),
                _ => self.spill(value),
            },
        }
    }

    /// `let t = value;`
    pub(super) fn spill(&mut self, value: &Expr) -> Expr {
        let span = value.span();
        let init = Some(self.code(value));
        let (local, kept) = self.temp(span, None);
        let ident = &self.locals[local].ident;
        self.push(Stmt::Bind(Box::new(Bind {
            attrs: proc_macro2::TokenStream::new(),
            pat: parse_quote_spanned!(span=> #ident),
            ty: None,
            init,
            otherwise: None,
            locals: vec![local],
            derived: false,
        })));
        kept
    }
}

/// The operands of an expression, in the order in which rustc evaluates them.
fn children(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::Array(array) => array.elems.iter_mut().collect(),
        Expr::Binary(binary) => vec![&mut *binary.left, &mut *binary.right],
        Expr::Call(call) => {
            let mut operands = vec![&mut *call.func];
            operands.extend(&mut call.args);
            operands
        }
        Expr::Cast(cast) => vec![&mut *cast.expr],
        Expr::Field(field) => vec![&mut *field.base],
        Expr::Index(index) => vec![&mut *index.expr, &mut *index.index],
        Expr::MethodCall(call) => {
            let mut operands = vec![&mut *call.receiver];
            operands.extend(&mut call.args);
            operands
        }
        Expr::Range(range) => [&mut range.start, &mut range.end]
            .into_iter()
            .flatten()
            .map(|end| &mut **end)
            .collect(),
        Expr::Reference(reference) => vec![&mut *reference.expr],
        Expr::Repeat(repeat) => vec![&mut *repeat.expr],
        Expr::Struct(built) => {
            let mut operands = Vec::new();
            for field in &mut built.fields {
                if let (Member::Named(_), None) = (&field.member, field.colon_token) {
                    field.colon_token = Some(syn::Token![:](field.member.span()));
                }
                operands.push(&mut field.expr);
            }
            operands.extend(built.rest.as_deref_mut());
            operands
        }
        Expr::Try(tried) => vec![&mut *tried.expr],
        Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
        Expr::Unary(unary) => vec![&mut *unary.expr],
        _ => unreachable!("check::waits refuses awaits in other expressions"),
    }
}
