//! Spares of parts of locals that get their value inside of a state, or another one:
//! behind each assignment to such a local its spare is made.
//!
//! ```text
//! let mut order; let mut __flow_z3;
//! { order = next(); __flow_z3 = run.spare(&order.items) };
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAssign, ExprClosure, Macro, Pat, parse_quote};

use crate::syntax::scopes::scoped_visits_mut;
use crate::syntax::{macros, order, pattern, place};

/// A spare that gets a value, or another one, later.
pub(super) struct Late {
    /// The local that it is for.
    pub(super) root: Ident,
    pub(super) spare: Ident,
    /// What its value is, once the local has one.
    pub(super) made: TokenStream,
}

/// Gives `late` their values behind the assignments of `code`, which declares
/// them, but for the first `known`.
pub(super) fn behind_assignments(late: &[Late], known: usize, code: TokenStream) -> TokenStream {
    let parsed: Result<Block, syn::Error> = syn::parse2(quote::quote!({ #code }));
    let Ok(mut block) = parsed else {
        return code;
    };
    let known = late.iter().take(known);
    let mut refill = Refill {
        late,
        bound: known
            .flat_map(|late| [late.root.clone(), late.spare.clone()])
            .collect(),
    };
    refill.visit_block_mut(&mut block);
    block.stmts.iter().map(ToTokens::to_token_stream).collect()
}

struct Refill<'a> {
    late: &'a [Late],
    /// The names in scope, innermost last.
    bound: Vec<Ident>,
}

impl Refill<'_> {
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.bound.len();
        visit(self);
        self.bound.truncate(outer);
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat).into_iter();
        self.bound.extend(bound.map(|bound| bound.ident.clone()));
    }

    /// The spares of what `name` means: those declared behind its last binding.
    fn spares(&self, name: &Ident) -> impl Iterator<Item = &Late> {
        let last = self.bound.iter().rposition(|bound| bound == name);
        let behind = last.and_then(|last| self.bound.get(last..));
        let behind = behind.unwrap_or_default();
        let spares = self.late.iter().filter(move |late| late.root == *name);
        spares.filter(|late| behind.contains(&late.spare))
    }

    /// The names that an assignment to `left` replaces.
    fn replaced<'e>(left: &'e Expr, names: &mut Vec<&'e Ident>) {
        if let Expr::Path(path) = left {
            names.extend(place::variable(path));
        }
        for left in order::targets(left).unwrap_or_default() {
            Self::replaced(left, names);
        }
    }

    fn refilled(&self, assign: &ExprAssign) -> Option<Expr> {
        let mut names = Vec::new();
        Self::replaced(&assign.left, &mut names);
        let late = names.into_iter().flat_map(|name| self.spares(name));
        let made = late.map(|Late { spare, made, .. }| quote::quote!(#spare = #made;));
        let made: Vec<TokenStream> = made.collect();
        (!made.is_empty()).then(|| parse_quote!({ #assign; #(#made)* }))
    }
}

impl VisitMut for Refill<'_> {
    scoped_visits_mut!();

    /// What a closure replaces has its value already.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Assign(assign) = expr
            && let Some(refilled) = self.refilled(assign)
        {
            *expr = refilled;
        }
    }
}
