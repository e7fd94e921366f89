//! What methods of std choose out of several items to be changed: where it lies is looked
//! up once, and kept.
//!
//! ```text
//! items.iter_mut().find(|item| item.id == id)
//!   =>  let at = Given::default().over(&items).of(chosen(<the same>), items.iter_mut());
//!       at.item_among(items.iter_mut())
//! ```

use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprMethodCall, Stmt, parse_quote_spanned};

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

    /// `let count = counts.entry(word).or_insert(0);`: it is there from now on, and is borrowed
    /// again where it lies.
    pub(super) fn entered(&mut self, value: &Expr) -> Option<Expr> {
        let Expr::MethodCall(call) = value else {
            return None;
        };
        let (span, method) = (value.span(), call.method.to_string());
        if method == "and_modify" {
            return None; // still an entry
        }
        let mut entered = call.clone();
        let map = map_of(&mut entered)?;
        self.pick(map);
        let map = map.clone();
        self.steady(&map)?;
        let runtime = names::runtime(span);
        let at = parse_quote_spanned! {span=> {
            let at = #runtime::chosen(::core::option::Option::Some(#entered));
            #runtime::Given::default().of(at, #map.values_mut())
        }};
        let at = self.spill(&at);
        Some(parse_quote_spanned!(span=> #at.item_among(#map.values_mut()).unwrap()))
    }

    /// `for item in items.iter_mut().filter(..)` as a loop over where they lie. Closures are
    /// called in the round of their item; where that cannot be, it is no such loop.
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
        let borrowed: Expr = parse_quote_spanned!(span=> #at.item_among(#items).unwrap());
        let Tests {
            stmts: tests,
            is_turned,
        } = self.tests(&chosen, &borrowed)?;
        *over.expr = parse_quote_spanned! {span=>
            #runtime::Given::default() #(.over(&#sources))* .all_of(#items, #is_turned)
        };
        over.body.stmts = tests;
        over.body
            .stmts
            .push(parse_quote_spanned!(span=> let #pat = #borrowed;));
        over.body.stmts.extend(stmts.iter().cloned());
        Some(over)
    }

    /// What closures ask of an item at the start of a round, if each may be called then.
    fn tests(&self, chosen: &Expr, item: &Expr) -> Option<Tests> {
        let call = match chosen {
            Expr::Paren(paren) => return self.tests(&paren.expr, item),
            Expr::MethodCall(call) if iterator::has_closure(chosen) => call,
            _ => return Some(Tests::default()),
        };
        let mut tests = self.tests(&call.receiver, item)?;
        let (span, runtime) = (call.span(), names::runtime(call.span()));
        let Some(test) = call.args.first() else {
            tests.is_turned ^= call.method == "rev";
            return Some(tests);
        };
        let is_made_anew = match test {
            Expr::Closure(closure) => closure.capture.is_none(),
            Expr::Path(path) => self.is_item(path),
            _ => false,
        };
        if !is_made_anew {
            return None;
        }
        tests.stmts.push(match call.method.to_string().as_str() {
            "filter" => parse_quote_spanned! {span=>
                if !#runtime::tried_on(&#item, #test) { continue; }
            },
            "take_while" => parse_quote_spanned! {span=>
                if !#runtime::tried_on(&#item, #test) { break; }
            },
            "inspect" => parse_quote_spanned!(span=> #runtime::tried_on(&#item, #test);),
            _ => return None,
        });
        Some(tests)
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

/// What closures ask of each item of a loop.
#[derive(Default)]
struct Tests {
    stmts: Vec<Stmt>,
    /// Whether the loop begins at the end.
    is_turned: bool,
}

/// The map of `map.entry(key).or_insert(value)`.
fn map_of(entered: &mut ExprMethodCall) -> Option<&mut Expr> {
    let Expr::MethodCall(entry) = &mut *entered.receiver else {
        return None;
    };
    match entered.method.to_string().as_str() {
        "or_default" | "or_insert" | "or_insert_with" | "or_insert_with_key" | "and_modify" => {
            if entry.method == "entry" {
                return Some(&mut *entry.receiver);
            }
            map_of(entry)
        }
        _ => None,
    }
}

/// What is borrowed again of a map, which must have an order for that.
pub(super) fn in_order(call: &ExprMethodCall) -> Option<Expr> {
    let Some(Expr::MethodCall(values)) = call.args.first() else {
        return None;
    };
    if call.method != BORROWED || values.method != "values_mut" {
        return None;
    }
    let (span, map) = (call.span(), &values.receiver);
    let runtime = names::runtime(span);
    Some(parse_quote_spanned! {span=> {
        let _ = #runtime::Given::default().over(&#map);
        #call
    }})
}
