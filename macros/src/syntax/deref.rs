//! Code that names values, where there are borrows of them instead.
//!
//! ```text
//! n > 1 && f(n).await   =>   (*n) > 1 && f((*n)).await
//! ```

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, FieldValue, Macro, Member, Pat, Token, parse_quote_spanned};

use super::scopes::scoped_visits_mut;
use super::{macros, pattern};

/// `expr` with `*name` for each of `names`, unless it means another there.
pub(crate) fn values(expr: &Expr, names: &[Ident]) -> Expr {
    let mut deref = Deref {
        names,
        hidden: Vec::new(),
    };
    let mut expr = expr.clone();
    deref.visit_expr_mut(&mut expr);
    expr
}

struct Deref<'a> {
    names: &'a [Ident],
    /// What inner patterns bind, innermost last.
    hidden: Vec<Ident>,
}

impl Deref<'_> {
    fn means(&self, name: &Ident) -> bool {
        self.names.contains(name) && !self.hidden.contains(name)
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat).into_iter();
        self.hidden.extend(bound.map(|bound| bound.ident.clone()));
    }

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.hidden.len();
        visit(self);
        self.hidden.truncate(outer);
    }
}

impl VisitMut for Deref<'_> {
    scoped_visits_mut!();

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Path(path) = expr
            && let Some(name) = path.path.get_ident()
            && self.means(name)
        {
            *expr = parse_quote_spanned!(path.span()=> (*#path));
        }
    }

    /// `P { name }`  =>  `P { name: *name }`
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if let (Member::Named(name), None) = (&field.member, &field.colon_token)
            && self.means(name)
        {
            field.colon_token = Some(Token![:](name.span()));
        }
        visit_mut::visit_field_value_mut(self, field);
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.scoped(|own| {
            closure.inputs.iter().for_each(|input| own.bind(input));
            own.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(mut known) = macros::arguments(mac) {
            let mut exprs = std::mem::take(&mut known.exprs);
            for expr in &mut exprs {
                self.visit_expr_mut(expr);
            }
            mac.tokens = known.rebuild(&exprs);
        }
    }
}
