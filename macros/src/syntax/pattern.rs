//! The names that a pattern binds.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FieldPat, Pat, PatIdent, PatOr, PatReference, PatWild, Token};

use super::alternatives;

/// The binding identifiers of `pat`, each name once, in order.
///
/// An identifier that begins with an upper-case letter is taken for a
/// constant or a unit variant, as the naming lints of rustc would have it.
pub(crate) fn bindings(pat: &Pat) -> Vec<&PatIdent> {
    let mut finder = Finder(Vec::new());
    finder.visit_pat(pat);
    finder.0
}

/// Whether a pattern binds `name`.
pub(super) fn binds(pat: &Pat, name: &str) -> bool {
    bindings(pat).iter().any(|bound| bound.ident == name)
}

/// Whether a pattern may move something away.
pub(super) fn moves(pat: &Pat) -> bool {
    bindings(pat).iter().any(|bound| bound.by_ref.is_none())
}

/// Whether matching a borrow with `pat` again binds what it bound before: not
/// if a binding can be assigned to, or is copied out of the borrow, or if another
/// alternative could match.
pub(crate) fn rebinds(pat: &Pat) -> bool {
    struct Copies(bool);
    impl<'ast> Visit<'ast> for Copies {
        fn visit_pat_reference(&mut self, _: &'ast PatReference) {
            self.0 = true;
        }
    }
    let mut copies = Copies(false);
    copies.visit_pat(pat);
    !copies.0 && is_fixed(pat) && alternatives::bind_one_place(pat)
}

/// `pat` for a borrow of what it matches, and which of its bindings stood for
/// values.
pub(crate) fn looked_at(pat: &Pat) -> (Pat, Vec<Ident>) {
    struct Look(Vec<Ident>);
    impl VisitMut for Look {
        fn visit_pat_ident_mut(&mut self, ident: &mut PatIdent) {
            ident.mutability = None;
            if ident.by_ref.take().is_none() {
                self.0.push(ident.ident.clone());
            }
            visit_mut::visit_pat_ident_mut(self, ident);
        }
    }
    let mut looked = pat.clone();
    let mut look = Look(Vec::new());
    look.visit_pat_mut(&mut looked);
    (looked, look.0)
}

/// `pat` with other names for some of its bindings.
pub(crate) fn renamed(pat: &Pat, names: &[(Ident, Ident)]) -> Pat {
    struct Rename<'a>(&'a [(Ident, Ident)]);
    impl VisitMut for Rename<'_> {
        fn visit_pat_ident_mut(&mut self, ident: &mut PatIdent) {
            visit_mut::visit_pat_ident_mut(self, ident);
            if let Some((_, other)) = self.0.iter().find(|(name, _)| *name == ident.ident) {
                ident.ident = other.clone();
            }
        }

        fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
            let before = field.pat.clone();
            self.visit_pat_mut(&mut field.pat);
            if field.pat != before && field.colon_token.is_none() {
                field.colon_token = Some(<Token![:]>::default());
            }
        }
    }
    let mut renamed = pat.clone();
    Rename(names).visit_pat_mut(&mut renamed);
    renamed
}

/// `pat` without its bindings.
pub(crate) fn unbound(pat: &Pat) -> Pat {
    let names = bindings(pat).into_iter();
    without(pat, names.map(|bound| bound.ident.to_string()).collect())
}

/// `pat` without the bindings of these `names`.
pub(crate) fn without(pat: &Pat, names: HashSet<String>) -> Pat {
    struct Unbind(HashSet<String>);
    impl VisitMut for Unbind {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            visit_mut::visit_pat_mut(self, pat);
            if let Pat::Ident(ident) = pat
                && self.0.contains(&ident.ident.to_string())
            {
                *pat = match ident.subpat.take() {
                    Some((_, inner)) => *inner,
                    None => wild(),
                };
            }
        }

        fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
            self.visit_pat_mut(&mut field.pat);
            if matches!(*field.pat, Pat::Wild(_)) && field.colon_token.is_none() {
                field.colon_token = Some(<Token![:]>::default());
            }
        }
    }
    let mut unbound = pat.clone();
    Unbind(names).visit_pat_mut(&mut unbound);
    unbound
}

fn wild() -> Pat {
    Pat::Wild(PatWild {
        attrs: Vec::new(),
        underscore_token: <Token![_]>::default(),
    })
}

/// `pat` with nothing that can be assigned to, and what could be.
pub(crate) fn fixed(pat: &Pat) -> (Pat, Vec<Ident>) {
    struct Fix(Vec<Ident>);
    impl VisitMut for Fix {
        fn visit_pat_ident_mut(&mut self, ident: &mut PatIdent) {
            if ident.by_ref.is_none() && ident.mutability.take().is_some() {
                self.0.push(ident.ident.clone());
            }
            visit_mut::visit_pat_ident_mut(self, ident);
        }
    }
    let mut fixed = pat.clone();
    let mut fix = Fix(Vec::new());
    fix.visit_pat_mut(&mut fixed);
    (fixed, fix.0)
}

/// Whether `pat` binds something, and all of it by `ref`, so that matching again
/// binds what it bound before.
pub(crate) fn is_by_ref(pat: &Pat) -> bool {
    let bound = bindings(pat);
    let by_ref = |bound: &&PatIdent| bound.by_ref.is_some();
    !bound.is_empty() && bound.iter().all(by_ref) && alternatives::bind_one_place(pat)
}

/// Whether nothing that `pat` binds can be assigned to.
pub(crate) fn is_fixed(pat: &Pat) -> bool {
    bindings(pat)
        .iter()
        .all(|binding| binding.by_ref.is_some() || binding.mutability.is_none())
}

/// `pat` with `_` for whatever binds nothing that is `needed`: what it matched
/// once it matches again, however the rest of the value has changed.
pub(crate) fn only(pat: &Pat, needed: &dyn Fn(&Ident) -> bool) -> Pat {
    let mut pruned = pat.clone();
    prune(&mut pruned, needed);
    pruned
}

/// Replaces what binds nothing that is `needed`; whether anything remains.
fn prune(pat: &mut Pat, needed: &dyn Fn(&Ident) -> bool) -> bool {
    let any = |pats: &mut dyn Iterator<Item = &mut Pat>| {
        pats.fold(false, |found, pat| prune(pat, needed) | found)
    };
    let kept = match pat {
        Pat::Ident(ident) if needed(&ident.ident) => {
            ident.subpat = ident.subpat.take().filter(|(_, inner)| {
                matches!(**inner, Pat::Rest(_)) || !bindings(inner).is_empty()
            });
            if let Some((_, inner)) = &mut ident.subpat {
                prune(inner, needed);
            }
            true
        }
        Pat::Ident(ident) => match ident.subpat.take() {
            Some((_, inner)) => {
                *pat = *inner;
                return prune(pat, needed);
            }
            None => false,
        },
        Pat::Rest(_) => return false,
        Pat::Or(or) => any(&mut or.cases.iter_mut()),
        Pat::Paren(paren) => prune(&mut paren.pat, needed),
        Pat::Reference(reference) => prune(&mut reference.pat, needed),
        Pat::Slice(slice) => any(&mut slice.elems.iter_mut()),
        Pat::Struct(built) => built.fields.iter_mut().fold(false, |found, field| {
            let kept = prune(&mut field.pat, needed);
            if !kept && field.colon_token.is_none() {
                field.colon_token = Some(Token![:](proc_macro2::Span::call_site()));
            }
            kept | found
        }),
        Pat::Tuple(tuple) => any(&mut tuple.elems.iter_mut()),
        Pat::TupleStruct(tuple) => any(&mut tuple.elems.iter_mut()),
        Pat::Type(typed) => prune(&mut typed.pat, needed),
        _ => false,
    };
    if !kept {
        *pat = wild();
    }
    kept
}

struct Finder<'ast>(Vec<&'ast PatIdent>);

impl<'ast> Visit<'ast> for Finder<'ast> {
    fn visit_pat_ident(&mut self, ident: &'ast PatIdent) {
        let constant = ident.by_ref.is_none()
            && ident.mutability.is_none()
            && ident.subpat.is_none()
            && ident.ident.to_string().starts_with(char::is_uppercase);
        let known = self.0.iter().any(|known| known.ident == ident.ident);
        if !constant && !known {
            self.0.push(ident);
        }
        if let Some((_, subpattern)) = &ident.subpat {
            self.visit_pat(subpattern);
        }
    }

    fn visit_pat_or(&mut self, or: &'ast PatOr) {
        for case in &or.cases {
            self.visit_pat(case);
        }
    }

    fn visit_expr(&mut self, _: &'ast Expr) {}
}

/// `pat` with `mut` for `names`.
pub(crate) fn mutable(pat: &Pat, names: &[&Ident]) -> Pat {
    struct Mutable<'a>(&'a [&'a Ident]);
    impl VisitMut for Mutable<'_> {
        fn visit_pat_ident_mut(&mut self, ident: &mut PatIdent) {
            if ident.by_ref.is_none() && self.0.contains(&&ident.ident) {
                ident.mutability = Some(Token![mut](ident.ident.span()));
            }
            visit_mut::visit_pat_ident_mut(self, ident);
        }
    }
    let mut pat = pat.clone();
    Mutable(names).visit_pat_mut(&mut pat);
    pat
}
