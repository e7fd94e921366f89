//! What methods of std choose out of several items to be changed: where it lies is looked
//! up once, and kept.
//!
//! ```text
//! items.iter_mut().find(|item| item.id == id)
//!   =>  let at = Given::default().over(&items).of(chosen(<the same>), items.iter_mut());
//!       at.item_among(items.iter_mut())
//! ```

use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprMethodCall, parse_quote_spanned};

use super::Desugar;
use crate::names;
use crate::syntax::iterator;

/// The method by which an item is borrowed that was chosen.
pub(super) const BORROWED: &str = "item_among";

impl Desugar {
    /// `items.iter_mut().find(..)` as what can be borrowed again.
    pub(super) fn chosen(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        if !iterator::chooses(&call.method.to_string()) {
            return None;
        }
        let mut chosen = call.clone();
        let items = self.chosen_among(&mut chosen.receiver)?;
        let (span, sources) = (call.span(), iterator::sources(&items));
        let runtime = names::runtime(span);
        let at = parse_quote_spanned! {span=> {
            let at = #runtime::chosen(#chosen);
            #runtime::Given::default() #(.over(&#sources))* .of(at, #items)
        }};
        let at = self.spill(&at);
        Some(parse_quote_spanned!(span=> #at.item_among(#items)))
    }

    /// `for item in items.iter_mut().filter(..)` as a loop over where they lie.
    pub(super) fn over_chosen(&mut self, looped: &ExprForLoop) -> Option<ExprForLoop> {
        let Expr::MethodCall(call) = &*looped.expr else {
            return None;
        };
        if !iterator::keeps_items(&call.method.to_string()) || self.is_repeatable(&looped.expr) {
            return None;
        }
        let mut chosen = looped.expr.clone();
        let items = self.chosen_among(&mut chosen)?;
        let (span, sources) = (looped.expr.span(), iterator::sources(&items));
        let (runtime, at) = (names::runtime(span), names::ident("at"));
        let (pat, stmts) = (&looped.pat, &looped.body.stmts);
        let mut over = looped.clone();
        *over.pat = parse_quote_spanned!(span=> #at);
        *over.expr = parse_quote_spanned! {span=> {
            let all = #runtime::all_chosen(#chosen);
            #runtime::Given::default() #(.over(&#sources))* .each_of(&all, #items)
        }};
        over.body.stmts = vec![parse_quote_spanned! {span=>
            let #pat = #at.item_among(#items).unwrap();
        }];
        over.body.stmts.extend(stmts.iter().cloned());
        Some(over)
    }

    /// What `expr` chooses its items from: they can be found again, and are its own. What
    /// these are made of is kept in both.
    fn chosen_among(&mut self, expr: &mut Expr) -> Option<Expr> {
        if !iterator::is_exclusive(expr) {
            return None;
        }
        let items = self.picked(expr);
        if self.is_repeatable(&items) {
            *expr = self.repeatable(&items);
            return Some(expr.clone());
        }
        match expr {
            Expr::Paren(paren) => self.chosen_among(&mut paren.expr),
            Expr::MethodCall(call) if iterator::keeps_items(&call.method.to_string()) => {
                self.chosen_among(&mut call.receiver)
            }
            _ => None,
        }
    }

    /// Whether an expression borrows an item that was chosen, or picks it out of an option.
    pub(super) fn is_chosen(&self, expr: &Expr) -> bool {
        match expr {
            Expr::MethodCall(call) if call.method == BORROWED => {
                let Expr::Path(at) = &*call.receiver else {
                    return false;
                };
                self.named_temp(&call.receiver).is_some() || at.path.is_ident(&names::ident("at"))
            }
            Expr::MethodCall(call) => self.is_chosen(&call.receiver),
            Expr::Try(tried) => self.is_chosen(&tried.expr),
            _ => false,
        }
    }
}
