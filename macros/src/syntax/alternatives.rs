//! Patterns with `|`: whether another look finds the same alternative.
//!
//! ```text
//! E::One(n) | E::Two(n, _)     the variant decides, which stays while `n` borrows from it
//! (0, n) | (1, n)              either way `n` is the same place
//! (n, _) | (_, n)              the guard, or what has changed since, decides: not the same
//! ```

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{FieldPat, Pat, PatOr, Path};

use super::pattern;

/// Whether each name of `pat` is bound to the same place whenever `pat` matches,
/// however the rest of the value has changed.
pub(crate) fn bind_one_place(pat: &Pat) -> bool {
    struct Pairs(bool);
    impl<'ast> Visit<'ast> for Pairs {
        fn visit_pat_or(&mut self, or: &'ast PatOr) {
            for (index, one) in or.cases.iter().enumerate() {
                let mut others = or.cases.iter().skip(index + 1);
                self.0 &= others.all(|other| bind_alike(one, other));
            }
            visit::visit_pat_or(self, or);
        }
    }
    let mut pairs = Pairs(true);
    pairs.visit_pat(pat);
    pairs.0
}

/// Whether each name is at the same place in both, or a variant tells them apart.
fn bind_alike(one: &Pat, other: &Pat) -> bool {
    let names = pattern::bindings(one).into_iter();
    let mut names = names.map(|bound| &bound.ident);
    names.all(|name| {
        let only = |pat: &Pat| pattern::only(pat, &|ident| ident == name);
        let (one, other) = (only(one), only(other));
        is_same(&one, &other) || are_apart(&one, &other)
    })
}

/// Whether no value matches both, since some variant in them differs: a literal
/// may be written over meanwhile.
fn are_apart(one: &Pat, other: &Pat) -> bool {
    match (bare(one), bare(other)) {
        (Pat::Or(or), pat) | (pat, Pat::Or(or)) => or.cases.iter().all(|case| are_apart(case, pat)),
        (Pat::Tuple(one), Pat::Tuple(other)) => any_apart(one.elems.iter(), other.elems.iter()),
        (Pat::Slice(one), Pat::Slice(other)) => any_apart(one.elems.iter(), other.elems.iter()),
        (one, other) => match (variant(one), variant(other)) {
            (Some(first), Some(second)) if first != second => true,
            (Some(_), Some(_)) => fields_apart(one, other),
            _ => false,
        },
    }
}

fn is_same(one: &Pat, other: &Pat) -> bool {
    let text = |pat: &Pat| pat.to_token_stream().to_string();
    text(one) == text(other)
}

fn fields_apart(one: &Pat, other: &Pat) -> bool {
    match (one, other) {
        (Pat::TupleStruct(one), Pat::TupleStruct(other)) => {
            any_apart(one.elems.iter(), other.elems.iter())
        }
        (Pat::Struct(one), Pat::Struct(other)) => {
            let of = |field: &FieldPat| {
                let mut others = other.fields.iter();
                let same = others.find(|other| other.member == field.member)?;
                Some(are_apart(&field.pat, &same.pat))
            };
            one.fields.iter().any(|field| of(field) == Some(true))
        }
        _ => false,
    }
}

/// Whether some two parts in the same position are apart; not known behind `..`.
fn any_apart<'a>(one: impl Iterator<Item = &'a Pat>, other: impl Iterator<Item = &'a Pat>) -> bool {
    one.zip(other)
        .take_while(|(one, other)| !is_rest(one) && !is_rest(other))
        .any(|(one, other)| are_apart(one, other))
}

fn is_rest(pat: &Pat) -> bool {
    match bare(pat) {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => ident
            .subpat
            .as_ref()
            .is_some_and(|(_, inner)| is_rest(inner)),
        _ => false,
    }
}

/// What `pat` tests, without what only stands around it.
fn bare(pat: &Pat) -> &Pat {
    match pat {
        Pat::Paren(paren) => bare(&paren.pat),
        Pat::Reference(reference) => bare(&reference.pat),
        Pat::Type(typed) => bare(&typed.pat),
        Pat::Ident(ident) => match &ident.subpat {
            Some((_, inner)) if !is_rest(inner) => bare(inner),
            _ => pat,
        },
        _ => pat,
    }
}

/// The name of the variant or struct that `pat` tests for.
fn variant(pat: &Pat) -> Option<String> {
    let last = |path: &Path| Some(path.segments.last()?.ident.to_string());
    match pat {
        Pat::TupleStruct(tuple) => last(&tuple.path),
        Pat::Struct(built) => last(&built.path),
        Pat::Path(path) => last(&path.path),
        Pat::Ident(ident) if pattern::bindings(pat).is_empty() => Some(ident.ident.to_string()),
        _ => None,
    }
}
