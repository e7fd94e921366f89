//! Iterators in a `mut` variable that is asked for one item after the other: how many it
//! gave is kept, and the closures in it are written where they are called.
//!
//! ```text
//! let mut it = rows.iter().zip(&names).filter(f);   =>   let t = Given::default();
//! while let Some(row) = it.next() { .. }
//!   =>  while let Some(row) = t.rest_of(rows.iter().zip(&names)).filter(f).next() { .. }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprAsync, ExprClosure, ExprForLoop, ExprMethodCall, Local, Macro, Pat, PatIdent,
    Stmt as Source, parse_quote, parse_quote_spanned,
};

use super::Desugar;
use crate::names;
use crate::syntax::{awaits, iterator, macros, steps, uses};

impl Desugar {
    /// The statements behind `stmt`, if it is the `let` of such an iterator and they only ask
    /// that for items. `stmt` is lowered then.
    pub(super) fn stepped(&mut self, stmt: &Source, behind: &[Source]) -> Option<Vec<Source>> {
        let Source::Local(local) = stmt else {
            return None;
        };
        let (name, value) = iterator_of(local)?;
        let (base, steps) = self.apart(value);
        let is_counted = self.is_repeatable(base) && !iterator::is_exclusive(base);
        let is_steady = steps.iter().all(|step| self.is_step(step));
        if !is_steady || !is_counted && steps.is_empty() || iterator::has_closure(base) {
            return None;
        }
        if is_counted && steps.is_empty() && steps::has_form(base)
            || !is_counted && !steps::has_form(base)
        {
            return None;
        }
        let mut asked = Asking {
            name,
            count: 0,
            made: None,
        };
        asked.made = Some(parse_quote_spanned!(name.span()=> #name));
        let mut probe = behind.to_vec();
        asked.visit(&mut probe);
        if asked.count == 0
            || asked.count != named(name, behind)
            || !crosses(name, behind)
            || hides(behind, &uses::of_expr(value))
        {
            return None;
        }
        asked.made = Some(self.kept_steps(base, &steps, is_counted));
        let mut behind = behind.to_vec();
        asked.visit(&mut behind);
        Some(behind)
    }

    /// What is written for the iterator where it is asked for an item.
    fn kept_steps(&mut self, base: &Expr, steps: &[&ExprMethodCall], is_counted: bool) -> Expr {
        let span = base.span();
        let mut made: Expr = if is_counted {
            let runtime = names::runtime(span);
            let base = self.picked(base);
            let items = self.repeatable(&base);
            let sources = iterator::sources(&items);
            let given: Expr =
                parse_quote_spanned!(span=> #runtime::Given::default() #(.over(&#sources))*);
            let given = self.spill(&given);
            if let Some(local) = self.named_temp(&given) {
                self.locals[local].is_asked = false;
            }
            parse_quote_spanned!(span=> #given.rest_of(#items))
        } else {
            let base = self.value(base);
            let kept = self.spill(&base);
            parse_quote_spanned!(span=> #kept.by_ref())
        };
        for step in steps {
            made = if step.method == "enumerate" {
                let numbers = self.spill(&parse_quote_spanned!(span=> (0_usize..)));
                parse_quote_spanned!(span=> #numbers.by_ref().zip(#made))
            } else {
                let mut step = (*step).clone();
                *step.receiver = made;
                Expr::MethodCall(step)
            };
        }
        made
    }

    /// An iterator without the methods at its end that can be called for each item, and these.
    fn apart<'a>(&mut self, value: &'a Expr) -> (&'a Expr, Vec<&'a ExprMethodCall>) {
        match value {
            Expr::MethodCall(call)
                if steps::is_step(&call.method.to_string()) && !self.is_repeatable(value) =>
            {
                let (base, mut steps) = self.apart(&call.receiver);
                steps.push(call);
                (base, steps)
            }
            _ => (value, Vec::new()),
        }
    }

    /// Whether what a step of an iterator calls may be written where it is called.
    fn is_step(&mut self, step: &ExprMethodCall) -> bool {
        step.turbofish.is_none()
            && step.args.iter().all(|argument| match argument {
                Expr::Closure(closure) if closure.capture.is_some() => false,
                Expr::Closure(_) => self.derivable(argument).is_some(),
                Expr::Path(path) => self.is_item(path) && self.named_temp(argument).is_none(),
                _ => false,
            })
    }
}

/// `let mut name = value;` of what shows that it is an iterator.
fn iterator_of(local: &Local) -> Option<(&Ident, &Expr)> {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    match &local.pat {
        Pat::Ident(bound)
            if bound.mutability.is_some()
                && bound.subpat.is_none()
                && local.attrs.is_empty()
                && (iterator::is_made(&init.expr) || steps::is_over(&init.expr)) =>
        {
            Some((&bound.ident, &init.expr))
        }
        _ => None,
    }
}

/// Writes what an iterator is made from where it is asked for items.
struct Asking<'a> {
    name: &'a Ident,
    count: usize,
    made: Option<Expr>,
}

impl Asking<'_> {
    fn visit(&mut self, stmts: &mut [Source]) {
        for stmt in stmts {
            self.visit_stmt_mut(stmt);
        }
    }

    /// What is written for `expr`, if that is the iterator.
    fn of(&mut self, expr: &Expr) -> Option<Expr> {
        let made = self.made.clone().filter(|_| is_named(self.name, expr))?;
        self.count += 1;
        Some(made)
    }
}

impl VisitMut for Asking<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::ForLoop(looped) = expr
            && let Some(made) = self.of(asked_by(looped))
        {
            let (pat, body, label) = (&looped.pat, &looped.body, &looped.label);
            let span = looped.for_token.span;
            *expr = parse_quote_spanned! {span=>
                #label while let ::core::option::Option::Some(#pat) = #made.next() #body
            };
            let Expr::While(looped) = expr else { return };
            return self.visit_block_mut(&mut looped.body);
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let method = call.method.to_string();
        if (steps::asks(&method) || iterator::wraps(&method))
            && let Some(made) = self.of(&call.receiver)
        {
            *call.receiver = made;
            call.args
                .iter_mut()
                .for_each(|arg| self.visit_expr_mut(arg));
            return;
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
    }

    /// What is captured is another thing.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}
}

/// What a loop goes over: `for item in it`, `&mut it`, `it.by_ref()`.
fn asked_by(looped: &ExprForLoop) -> &Expr {
    match &*looped.expr {
        Expr::Reference(borrow) if borrow.mutability.is_some() => &borrow.expr,
        Expr::MethodCall(call) if call.method == "by_ref" => &call.receiver,
        other => other,
    }
}

fn is_named(name: &Ident, expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// How often a name is written, whatever it means; in a text it may be.
fn named(name: &Ident, stmts: &[Source]) -> usize {
    fn count(name: &str, tokens: TokenStream) -> usize {
        let one = |token| match token {
            TokenTree::Group(group) => count(name, group.stream()),
            TokenTree::Ident(ident) => usize::from(ident == name),
            TokenTree::Literal(literal) => {
                usize::from(literal.to_string().contains(&format!("{{{name}")))
            }
            TokenTree::Punct(_) => 0,
        };
        tokens.into_iter().map(one).sum()
    }
    count(&name.to_string(), parse_quote!(#(#stmts)*))
}

/// Whether an await may lie between two places where the iterator is named.
fn crosses(name: &Ident, stmts: &[Source]) -> bool {
    let mut awaited = false;
    stmts.iter().any(|stmt| {
        let waits = awaits::in_stmt(stmt);
        let is_named = named(name, std::slice::from_ref(stmt)) > 0;
        let crosses = is_named && (awaited || waits);
        awaited |= waits;
        crosses
    })
}

/// Whether one of `names` means something else somewhere in `stmts`.
fn hides(stmts: &[Source], names: &BTreeSet<String>) -> bool {
    struct Hiding<'a>(&'a BTreeSet<String>, bool);
    impl<'ast> Visit<'ast> for Hiding<'_> {
        fn visit_pat_ident(&mut self, bound: &'ast PatIdent) {
            self.1 |= self.0.contains(&bound.ident.to_string());
            visit::visit_pat_ident(self, bound);
        }
    }
    let mut hiding = Hiding(names, false);
    for stmt in stmts {
        hiding.visit_stmt(stmt);
    }
    hiding.1
}
