//! Which collections and iterators a loop can find its place in again.

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprWhile, Pat, parse_quote_spanned};

use super::Desugar;
use crate::model::{Code, Local};
use crate::names;
use crate::syntax::{iterator, place};

/// Ranges and variables alone are kept as they are.
pub(super) fn may_repeat(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => may_repeat(&paren.expr),
        // A constant.
        Expr::Path(_) => place::is_constant(expr),
        other => matches!(other, Expr::MethodCall(_) | Expr::Array(_)),
    }
}

/// The next item of a loop: it may not be of the shape that its pattern has, and of that the
/// plain copy tells.
pub(super) fn shaped(pat: &Pat, mut next: Code) -> Code {
    if let Some(shape) = shape(pat) {
        let (runtime, shape) = (
            names::runtime(Span::call_site()),
            Ident::new(shape, Span::call_site()),
        );
        let (judged, item) = (names::ident("judged"), &next.tokens);
        next.tokens = quote!((&&&&#judged.item(#runtime::#shape, #item)).item());
    }
    next
}

/// The shape of a pattern, as the runtime calls it; a name has none.
fn shape(pat: &Pat) -> Option<&'static str> {
    match pat {
        Pat::Tuple(parts) if parts.elems.iter().any(|part| matches!(part, Pat::Rest(_))) => None,
        Pat::Tuple(parts) if parts.elems.len() == 2 => {
            let named = parts
                .elems
                .iter()
                .position(|part| shape(part) == Some("Named"));
            Some(match named {
                None => "Two",
                Some(0) => "FirstNamed",
                Some(_) => "LastNamed",
            })
        }
        Pat::Tuple(parts) if parts.elems.len() == 3 => Some("Three"),
        Pat::Reference(reference) if reference.mutability.is_none() => Some("Borrow"),
        Pat::Lit(_) | Pat::Struct(_) | Pat::TupleStruct(_) => Some("Named"),
        Pat::Paren(paren) => shape(&paren.pat),
        _ => None,
    }
}

impl Desugar {
    /// `while let Some(pat) = it.next() { .. }` for `for pat in it.by_ref() { .. }` and
    /// `for pat in &mut it { .. }`: what a `break` leaves in the iterator is still to
    /// come.
    pub(super) fn by_ref(&self, looped: &ExprForLoop) -> Option<ExprWhile> {
        let iterator = match &*looped.expr {
            Expr::MethodCall(call) if call.method == "by_ref" && call.args.is_empty() => {
                place::of(&call.receiver)?;
                &call.receiver
            }
            Expr::Reference(borrow) if self.is_iterator(&borrow.expr) => &borrow.expr,
            _ => return None,
        };
        let (pat, body) = (&looped.pat, &looped.body);
        let next: Expr = parse_quote_spanned!(looped.expr.span()=> #iterator.next());
        let mut repeated: ExprWhile = parse_quote_spanned! {looped.for_token.span=>
            while let ::core::option::Option::Some(#pat) = #next #body
        };
        repeated.label.clone_from(&looped.label);
        Some(repeated)
    }

    /// Whether a variable is an iterator, as its first value shows.
    fn is_iterator(&self, variable: &Expr) -> bool {
        let Expr::Path(path) = variable else {
            return false;
        };
        let local = place::variable(path).and_then(|name| self.scopes.local(name));
        local.is_some_and(|local| self.scopes.iterators.contains(&local))
    }

    /// Whether a loop goes over what is made again, which is a borrow then, or a
    /// copy of one.
    pub(super) fn is_derived(&self, source: &Expr) -> bool {
        let Expr::Path(path) = source else {
            return false;
        };
        let local = place::variable(path).and_then(|name| self.scopes.local(name));
        local.is_some_and(|local| self.locals[local].derived_from.is_some())
    }

    /// `&mut row` for `row.iter_mut()`, where `row` may be a `&mut` itself: as a method
    /// takes it.
    pub(super) fn reborrowed(&self, place: &Expr) -> Expr {
        let Expr::Reference(reference) = place else {
            return place.clone();
        };
        let row = place::of(&reference.expr).filter(place::Place::is_field);
        let row = row.and_then(|place| self.scopes.local(place.root));
        let may_borrow = row.is_some_and(|row| self.locals[row].derived_from.is_some());
        if reference.mutability.is_none() || !may_borrow {
            return place.clone();
        }
        let (span, row) = (place.span(), &reference.expr);
        let runtime = names::runtime(span);
        parse_quote_spanned!(span=> {
            use #runtime::ByMut as _;
            #row.by_mut_ref()
        })
    }

    /// Whether methods go over what a local borrows: `&mut` of that local would
    /// be another thing.
    pub(super) fn is_through_borrow(&self, source: &Expr) -> bool {
        matches!(source, Expr::MethodCall(_)) && self.goes_over(source, |local| local.is_borrow)
    }

    /// Whether an iterator goes over a local of this kind.
    fn goes_over(&self, source: &Expr, is: impl Fn(&Local) -> bool) -> bool {
        let roots = iterator::sources(source).into_iter().filter_map(place::of);
        let mut roots = roots.filter_map(|place| self.scopes.local(place.root));
        roots.any(|root| is(&self.locals[root]))
    }
}
