//! Operands: what comes before the last await among them is evaluated before
//! it, into temporaries; the rest stays where it is.
//!
//! Spilling little matters: a place stays a place, so that it is moved or
//! borrowed where rustc would do it; closures, literals and paths cannot be
//! seen to move.

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::{BinOp, Expr, Member, Pat, UnOp};

use super::later::captures_change;
use super::{Desugar, again};
use crate::ids::LocalId;
use crate::model::{Bind, Code, Stmt};
use crate::syntax::{awaits, made, moves, place, uses};

/// How operands that are places are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Read {
    ByValue,
    /// The first may be borrowed without a sign of it, as a receiver is.
    FirstBorrowed,
    /// All are, as the arguments of `format!`.
    Borrowed,
}

impl Desugar {
    /// Lowers an expression by its operands, in the order of evaluation.
    pub(super) fn operands_of(&mut self, expr: &Expr) -> Expr {
        let read = if borrows_first(expr) {
            Read::FirstBorrowed
        } else {
            Read::ByValue
        };
        let mut lowered = expr.clone();
        let mut slots = children(&mut lowered);
        let operands: Vec<Expr> = slots.iter().map(|slot| (**slot).clone()).collect();
        let values = self.operands(&operands, read);
        for (slot, value) in slots.iter_mut().zip(values) {
            **slot = value;
        }
        lowered
    }

    /// Lowers operands that are evaluated one after the other.
    pub(super) fn operands(&mut self, operands: &[Expr], read: Read) -> Vec<Expr> {
        let last = operands.iter().rposition(awaits::in_expr);
        let mut values = Vec::with_capacity(operands.len());
        for (index, operand) in operands.iter().enumerate() {
            let value = self.value(operand);
            let later = operands.get(index + 1..).unwrap_or_default();
            let before_await = last.is_some_and(|last| index < last);
            let is_borrowed = match read {
                Read::ByValue => false,
                Read::FirstBorrowed => index == 0 && !is_surely_moved(&value, later),
                Read::Borrowed => true,
            };
            values.push(if before_await && is_borrowed {
                match self.pinned(&value, later) {
                    // It lies in what is made later.
                    Some(pinned) if place::of(&pinned).is_none() => pinned,
                    pinned => self.keep_over(&pinned.unwrap_or(value), later),
                }
            } else if before_await && (is_read(&value) || may_be_moved(&value, later)) {
                self.spill(&value)
            } else if before_await {
                self.keep_over(&value, later)
            } else {
                value
            });
        }
        values
    }

    /// Makes `value` safe from what `later` operands do.
    pub(super) fn keep_over(&mut self, value: &Expr, later: &[Expr]) -> Expr {
        match value {
            Expr::Lit(_) => value.clone(),
            Expr::Range(range) if range.start.is_none() && range.end.is_none() => value.clone(),
            Expr::Paren(paren) if matches!(*paren.expr, Expr::Closure(_)) => {
                let mut kept = paren.clone();
                *kept.expr = self.keep_over(&paren.expr, later);
                Expr::Paren(kept)
            }
            Expr::Closure(closure) if !captures_change(closure, later) => value.clone(),
            Expr::Reference(reference) => {
                let mut kept = reference.clone();
                *kept.expr = match self.pinned(&reference.expr, later) {
                    Some(pinned) => pinned,
                    None => self.keep_over(&reference.expr, later),
                };
                Expr::Reference(kept)
            }
            Expr::Path(path) if self.is_item(path) => value.clone(),
            Expr::MethodCall(_) if let Some(entry) = self.entered_later(value, later) => entry,
            Expr::MethodCall(_) | Expr::Try(_) if again::is_exclusive(value) => {
                let kept = self.spill_borrow(value);
                kept.unwrap_or_else(|| self.spill(value))
            }
            Expr::MethodCall(_) if let Some(made) = self.made_later(value, later) => made,
            _ => match place::of(value) {
                Some(place) if !later.iter().any(|expr| place.may_change(expr)) => value.clone(),
                _ => self.spill(value),
            },
        }
    }

    /// A place that stays the same one: its indices are evaluated now.
    pub(super) fn pinned(&mut self, expr: &Expr, later: &[Expr]) -> Option<Expr> {
        if let Some(place) = place::of(expr)
            && !later.iter().any(|expr| place.indices_may_change(expr))
        {
            return Some(expr.clone());
        }
        let mut pinned = expr.clone();
        match &mut pinned {
            Expr::Path(path) => {
                place::variable(path)?;
            }
            Expr::Field(field) => *field.base = self.pinned_base(&field.base, later),
            Expr::Paren(paren) => *paren.expr = self.pinned(&paren.expr, later)?,
            Expr::Group(group) => *group.expr = self.pinned(&group.expr, later)?,
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                *unary.expr = self.pinned_base(&unary.expr, later);
            }
            Expr::Index(index) => {
                *index.expr = self.pinned_base(&index.expr, later);
                *index.index = self.keep_over(&index.index, later);
            }
            _ => return None,
        }
        Some(pinned)
    }

    /// What a place lies in: what a call gives is kept, and the place is one in that, not
    /// in a copy.
    fn pinned_base(&mut self, base: &Expr, later: &[Expr]) -> Expr {
        if let Some(pinned) = self.pinned(base, later) {
            return pinned;
        }
        let made_later = match base {
            Expr::Paren(paren) => return self.pinned_base(&paren.expr, later),
            // What is matched stays for the arms: it must not be made once more there.
            _ if later.is_empty() => None,
            _ => self.entered_later(base, later),
        };
        let kept = made_later.or_else(|| self.spill_borrow(base));
        kept.unwrap_or_else(|| self.spill(base))
    }

    /// `let mut t = value;`
    pub(super) fn spill(&mut self, value: &Expr) -> Expr {
        self.spill_bind(value, false)
    }

    /// The same where the state begins.
    pub(super) fn spill_at_entry(&mut self, value: &Expr) -> Expr {
        self.spill_bind(value, true)
    }

    fn spill_bind(&mut self, value: &Expr, at_entry: bool) -> Expr {
        let span = value.span();
        let init = Some(self.code(value));
        let (local, kept) = self.temp(span, None);
        self.lend(&[local], value);
        self.ask(&[local], None, Some(value));
        let pat = made::binding(&self.locals[local].ident);
        self.push(Stmt::Bind(Box::new(Bind {
            at_entry,
            ..temporary(local, pat, init)
        })));
        kept
    }
}

/// `let pat = init;` of a temporary.
pub(super) fn temporary(local: LocalId, pat: Pat, init: Option<Code>) -> Bind {
    Bind {
        attrs: proc_macro2::TokenStream::new(),
        pat,
        ty: None,
        init,
        again: None,
        otherwise: None,
        locals: vec![local],
        derived: false,
        at_entry: false,
        is_closure: false,
    }
}

/// Whether a value is read through a borrow, which need not live on for it, or out of an
/// index, which may be code of the user's, or panic: it is a copy.
fn is_read(value: &Expr) -> bool {
    match value {
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        Expr::Paren(paren) => is_read(&paren.expr),
        other => is_indexed(other),
    }
}

/// Whether something lies behind an index.
fn is_indexed(expr: &Expr) -> bool {
    match expr {
        Expr::Index(_) => true,
        Expr::Field(field) => is_indexed(&field.base),
        Expr::Paren(paren) => is_indexed(&paren.expr),
        _ => false,
    }
}

/// Whether a place is read by its value before `later` may move away what it
/// lies in.
fn may_be_moved(value: &Expr, later: &[Expr]) -> bool {
    let place = place::of(value);
    place.is_some_and(|place| later.iter().any(|expr| place.may_move(expr)))
}

/// The same for one that may be borrowed instead: only a copy of it can outlive
/// what it lies in.
fn is_surely_moved(value: &Expr, later: &[Expr]) -> bool {
    let Some(place) = place::of(value).filter(|_| may_be_moved(value, later)) else {
        return false;
    };
    let moved: BTreeSet<(String, String)> = later.iter().flat_map(moves::surely_in).collect();
    let depth = place.fields.len();
    let mut around = (0..depth).filter_map(|depth| place.fields.get(..depth));
    around.any(|fields| moved.contains(&(place.root.to_string(), uses::path_name(fields))))
}

/// Whether the first operand may be borrowed without a sign of it.
fn borrows_first(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(_) | Expr::Index(_) => true,
        // A function in a table cannot be kept.
        Expr::Call(call) => is_indexed(&call.func),
        Expr::Binary(binary) => matches!(
            binary.op,
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
        ),
        _ => false,
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
