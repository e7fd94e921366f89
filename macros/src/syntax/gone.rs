//! Names of variables that have gone out of scope where a statement uses them. rustc looks
//! for such a name in the block that has just been closed, which is another one in the
//! states than in the plain copy: a block before the statement makes it the same in all.
//!
//! ```text
//! { let cents = price(n).await; } total(cents)
//! =>
//! { let cents = price(n).await; } { let cents: (); } total(cents)
//! ```

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprCall, ExprClosure, ExprPath, Item, Macro, Pat, Stmt, parse_quote};

use super::scopes::scoped_visits_mut;
use super::{awaits, macros, opaque, pattern, place};

/// Puts a block before each statement of `body` that uses such a name.
pub(crate) fn show<'p>(body: &mut Block, params: impl Iterator<Item = &'p Ident>) {
    let mut show = Show {
        scopes: vec![params.cloned().collect()],
        gone: BTreeMap::new(),
        used: Vec::new(),
    };
    show.visit_block_mut(body);
}

struct Show {
    scopes: Vec<Vec<Ident>>,
    /// The last binding of each name whose scope has been closed.
    gone: BTreeMap<String, Ident>,
    /// What of it the statement at hand uses.
    used: Vec<Ident>,
}

impl Show {
    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat)
            .into_iter()
            .map(|bound| bound.ident.clone());
        if let Some(scope) = self.scopes.last_mut() {
            scope.extend(bound);
        }
    }

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Vec::new());
        visit(self);
        let closed = self.scopes.pop().unwrap_or_default();
        let closed = closed.into_iter().map(|ident| (ident.to_string(), ident));
        self.gone.extend(closed);
    }

    fn use_name(&mut self, name: &str) {
        let Some(gone) = self.gone.get(name) else {
            return;
        };
        let mut bound = self.scopes.iter().flatten();
        if !bound.any(|bound| bound == name) && !self.used.contains(gone) {
            self.used.push(gone.clone());
        }
    }

    /// A statement, with what stands before it.
    fn shown(&mut self, mut stmt: Stmt) -> impl Iterator<Item = Stmt> {
        let outer = std::mem::take(&mut self.used);
        self.visit_stmt_mut(&mut stmt);
        let used = std::mem::replace(&mut self.used, outer);
        let before = (!used.is_empty()).then(|| {
            let shown = used.iter().filter(|_| is_one_step(&stmt));
            let block: Block = parse_quote!({ #(let #shown: ();)* });
            parse_quote!(#[allow(unused, clippy::all, clippy::pedantic)] #block)
        });
        before.into_iter().chain([stmt])
    }
}

impl VisitMut for Show {
    scoped_visits_mut!(but block);

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.scoped(|own| {
            for stmt in std::mem::take(&mut block.stmts) {
                block.stmts.extend(own.shown(stmt));
            }
        });
    }

    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        if let Some(name) = place::variable(path) {
            self.use_name(&name.to_string());
        }
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        // A function may well have the name of a variable.
        if !matches!(&*call.func, Expr::Path(_)) {
            self.visit_expr_mut(&mut call.func);
        }
        call.args
            .iter_mut()
            .for_each(|arg| self.visit_expr_mut(arg));
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.scoped(|own| {
            closure.inputs.iter().for_each(|input| own.bind(input));
            own.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if self.gone.is_empty() {
            return;
        }
        match macros::arguments(mac) {
            Some(mut known) => {
                known.captured().iter().for_each(|name| self.use_name(name));
                known
                    .exprs
                    .iter_mut()
                    .for_each(|expr| self.visit_expr_mut(expr));
            }
            None => opaque::names(mac)
                .iter()
                .for_each(|name| self.use_name(name)),
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// Whether all that a statement names is evaluated before the first of its awaits, and
/// no more than once.
fn is_one_step(stmt: &Stmt) -> bool {
    let value = match stmt {
        Stmt::Local(local) => match &local.init {
            Some(init) if init.diverge.is_none() => &init.expr,
            _ => return false,
        },
        Stmt::Expr(value, _) => value,
        Stmt::Macro(_) | Stmt::Item(_) => return true,
    };
    let op = match value {
        Expr::Closure(_) => return false,
        Expr::Try(tried) => &tried.expr,
        other => other,
    };
    match op {
        Expr::Await(awaited) => !awaits::in_expr(&awaited.base),
        other => !awaits::in_expr(other),
    }
}
