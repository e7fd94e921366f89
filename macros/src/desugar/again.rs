//! How a borrow is written so that it can be made again: what its place is
//! picked by is kept, and what happens where nothing is found is left out, since
//! it was found before.
//!
//! ```text
//! &mut rows[i + 1]                 =>  let t = i + 1; &mut rows[t]
//! map.get_mut(&key).ok_or(Gone)?   =>  found(map.get_mut(&key))
//! ```

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::{Block, Expr, ExprIf, Stmt as Source, parse_quote_spanned};

use super::operands::temporary;
use super::{Desugar, chosen};
use crate::ids::LocalId;
use crate::model::{Bind, Stmt};
use crate::names;
use crate::syntax::order::conjuncts;
use crate::syntax::{awaits, iterator, made, methods, place};

impl Desugar {
    /// `let t = value;` of a `&mut` that is made again after an await, where it can be.
    pub(super) fn spill_borrow(&mut self, value: &Expr) -> Option<Expr> {
        let value = self.picked(value);
        let roots = self.derivable(&value)?;
        let borrowing = self.borrowing(&value);
        let init = self.code(&borrowing);
        let again = found(&borrowing).map(|again| self.code(&again));
        let (local, kept) = self.temp(value.span(), None);
        let row = &mut self.locals[local];
        row.derived_from = Some(roots);
        row.is_borrow = true;
        let pat = made::binding(&row.ident);
        self.push(Stmt::Bind(Box::new(Bind {
            again,
            derived: true,
            ..temporary(local, pat, Some(init))
        })));
        Some(kept)
    }

    /// `expr` with the indices of what it borrows in temporaries, if they may be
    /// others when it is borrowed again.
    pub(super) fn picked(&mut self, expr: &Expr) -> Expr {
        let mut picked = expr.clone();
        match &mut picked {
            Expr::Paren(paren) => *paren.expr = self.picked(&paren.expr),
            Expr::Try(tried) => *tried.expr = self.picked(&tried.expr),
            Expr::Reference(reference) => self.pick(&mut reference.expr),
            Expr::If(branch)
                if (exclusive_ends(branch).is_some() || self.picks_function(branch))
                    && self.unchanging(&branch.cond).is_none() =>
            {
                *branch.cond = self.spill(&branch.cond);
            }
            Expr::MethodCall(call) => {
                if let Some(chosen) = self.chosen(call) {
                    return chosen;
                }
                let method = call.method.to_string();
                if methods::is_projection(&method)
                    || methods::picks_mut(&method)
                    || iterator::is_source(&method)
                {
                    self.pick(&mut call.receiver);
                    if methods::picks_mut(&method) {
                        call.args.iter_mut().for_each(|key| self.pick_index(key));
                    }
                } else {
                    *call.receiver = self.picked(&call.receiver);
                }
            }
            _ => {}
        }
        picked
    }

    /// What a `&mut` of one place or another is made from, if what decides it is kept.
    pub(super) fn either(&mut self, branch: &ExprIf) -> Option<BTreeSet<LocalId>> {
        let (one, other) = exclusive_ends(branch)?;
        let mut roots = self.unchanging(&branch.cond)?;
        roots.extend(self.derivable(one)?);
        roots.extend(self.derivable(other)?);
        Some(roots)
    }

    /// The same for a place.
    pub(super) fn pick(&mut self, place: &mut Expr) {
        match place {
            Expr::Paren(paren) => self.pick(&mut paren.expr),
            Expr::Field(field) => self.pick(&mut field.base),
            Expr::Index(index) if !awaits::in_expr(&index.index) => {
                self.pick(&mut index.expr);
                self.pick_index(&mut index.index);
            }
            Expr::MethodCall(_) | Expr::Reference(_) => *place = self.picked(place),
            _ => {}
        }
    }

    fn pick_index(&mut self, index: &mut Expr) {
        match index {
            Expr::Range(range) => {
                for end in [&mut range.start, &mut range.end].into_iter().flatten() {
                    self.pick_index(end);
                }
            }
            Expr::Paren(paren) => self.pick_index(&mut paren.expr),
            Expr::Path(path) => {
                let name = place::variable(path);
                if name.is_some_and(|name| self.scopes.is_mutable(name)) {
                    *index = self.spill(index);
                }
            }
            Expr::Reference(reference) if place::borrows_value(reference) => {
                *reference.expr = self.spill(&reference.expr);
            }
            // A key that is borrowed: where it is named it is made again as well.
            Expr::Lit(_) | Expr::Reference(_) => {}
            _ => *index = self.spill(index),
        }
    }
}

/// The ends of `if cond { &mut a } else { &mut b }`.
fn exclusive_ends(branch: &ExprIf) -> Option<(&Expr, &Expr)> {
    let is_exclusive =
        |end: &Expr| matches!(end, Expr::Reference(borrow) if borrow.mutability.is_some());
    ends(branch).filter(|(one, other)| is_exclusive(one) && is_exclusive(other))
}

/// The ends of `if cond { one } else { other }`, where they are all that is there.
pub(super) fn ends(branch: &ExprIf) -> Option<(&Expr, &Expr)> {
    let one = only_end(&branch.then_branch)?;
    let other = match &*branch.else_branch.as_ref()?.1 {
        Expr::Block(block) if block.label.is_none() => only_end(&block.block)?,
        _ => return None,
    };
    let is_let = conjuncts(&branch.cond)
        .iter()
        .any(|cond| matches!(cond, Expr::Let(_)));
    (!is_let && !awaits::in_expr(&branch.cond)).then_some((one, other))
}

fn only_end(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Source::Expr(end, None)] => Some(end),
        _ => None,
    }
}

/// What a borrow is made from again, if not from the same expression.
pub(super) fn found(expr: &Expr) -> Option<Expr> {
    let mut again = expr.clone();
    match &mut again {
        Expr::Paren(paren) => *paren.expr = found(&paren.expr)?,
        Expr::Try(tried) => {
            if let Expr::MethodCall(call) = &*tried.expr
                && methods::explains(&call.method.to_string())
            {
                let (span, value) = (tried.span(), &call.receiver);
                let runtime = names::runtime(span);
                return Some(parse_quote_spanned!(span=> #runtime::found(#value)));
            }
            *tried.expr = found(&tried.expr)?;
        }
        Expr::MethodCall(call) => match chosen::in_order(call) {
            Some(ordered) => return Some(ordered),
            None => *call.receiver = found(&call.receiver)?,
        },
        _ => return None,
    }
    Some(again)
}

/// Whether a value is a `&mut` of what it is picked out of.
pub(super) fn is_exclusive(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            method.ends_with("_mut") || is_exclusive(&call.receiver)
        }
        Expr::Try(tried) => is_exclusive(&tried.expr),
        _ => false,
    }
}
