//! Code with other expressions where it names certain places.
//!
//! ```text
//! n > 1 && f(n).await   =>   (*n) > 1 && f((*n)).await
//! |a| a < order.limit   =>   |a| a < t
//! ```

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, FieldValue, Macro, Member, Pat, Token, parse_quote_spanned};

use super::scopes::scoped_visits_mut;
use super::{macros, made, pattern, uses};

/// A variable, or a field of it, and what stands where it is named.
#[derive(Debug)]
pub(crate) struct Replacement {
    pub(crate) root: Ident,
    pub(crate) fields: Vec<Member>,
    pub(crate) by: By,
}

#[derive(Debug, Clone)]
pub(crate) enum By {
    /// What it borrows.
    Deref,
    /// Another variable.
    Variable(Ident),
}

/// `expr` with `*name` for each of `names`, unless it means another there.
pub(crate) fn values(expr: &Expr, names: &[Ident]) -> Expr {
    let derefs = names.iter().map(|name| Replacement {
        root: name.clone(),
        fields: Vec::new(),
        by: By::Deref,
    });
    places(expr, &derefs.collect::<Vec<_>>())
}

/// `expr` with each of `replacements` made, unless the name means another there.
pub(crate) fn places(expr: &Expr, replacements: &[Replacement]) -> Expr {
    let mut replacer = Replacer {
        replacements,
        hidden: Vec::new(),
    };
    let mut expr = expr.clone();
    replacer.visit_expr_mut(&mut expr);
    expr
}

struct Replacer<'a> {
    replacements: &'a [Replacement],
    /// What inner patterns bind, innermost last.
    hidden: Vec<Ident>,
}

impl Replacer<'_> {
    /// What stands for the place of this root and these fields.
    fn replaced(&self, root: &Ident, fields: &[Member]) -> Option<&By> {
        let mut replacements = self.replacements.iter();
        let found = replacements.find(|one| one.root == *root && one.fields == fields)?;
        (!self.hidden.contains(root)).then_some(&found.by)
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

impl VisitMut for Replacer<'_> {
    scoped_visits_mut!();

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let place = uses::path_of(expr);
        let by = place.and_then(|(root, fields)| self.replaced(root, &fields));
        match by.cloned() {
            Some(By::Deref) => *expr = parse_quote_spanned!(expr.span()=> (*#expr)),
            Some(By::Variable(mut name)) => {
                name.set_span(name.span().located_at(expr.span()));
                *expr = made::variable(&name);
            }
            None => visit_mut::visit_expr_mut(self, expr),
        }
    }

    /// `P { name }`  =>  `P { name: *name }`
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if let (Member::Named(name), None) = (&field.member, &field.colon_token)
            && self.replaced(name, &[]).is_some()
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
        macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
    }
}
