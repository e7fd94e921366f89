//! Alternatives of which several may match the same value.
//!
//! rustc tests the guard of `(k, _) | (_, k) if ..` for each alternative that
//! matches. A guard that awaits is tested for the first alone, so only those
//! of which at most one matches, as far as their words tell, may have one.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Pat, PatOr, Path, Token};

/// The first alternatives in `pat` that may match at once.
pub(super) fn overlapping(pat: &Pat) -> Option<&PatOr> {
    let mut finder = Finder(None);
    finder.visit_pat(pat);
    finder.0
}

struct Finder<'ast>(Option<&'ast PatOr>);

impl<'ast> Visit<'ast> for Finder<'ast> {
    fn visit_pat_or(&mut self, or: &'ast PatOr) {
        let cases: Vec<&Pat> = or.cases.iter().collect();
        let mut pairs = cases.iter().enumerate();
        let are_apart =
            pairs.all(|(at, one)| cases.iter().skip(at + 1).all(|two| differ(one, two)));
        if !are_apart && self.0.is_none() {
            self.0 = Some(or);
        }
        visit::visit_pat_or(self, or);
    }
}

/// Whether no value matches both.
fn differ(one: &Pat, two: &Pat) -> bool {
    let (one, two) = (inside(one), inside(two));
    if let (Some(one), Some(two)) = (head(one), head(two))
        && one != two
    {
        return true;
    }
    match (one, two) {
        (Pat::TupleStruct(one), Pat::TupleStruct(two)) => any_differ(&one.elems, &two.elems),
        (Pat::Tuple(one), Pat::Tuple(two)) => any_differ(&one.elems, &two.elems),
        (Pat::Slice(one), Pat::Slice(two)) => any_differ(&one.elems, &two.elems),
        (Pat::Struct(one), Pat::Struct(two)) => one.fields.iter().any(|one| {
            let mut others = two.fields.iter();
            let other = others.find(|two| two.member == one.member);
            other.is_some_and(|two| differ(&one.pat, &two.pat))
        }),
        (Pat::Or(or), other) | (other, Pat::Or(or)) => {
            or.cases.iter().all(|case| differ(case, other))
        }
        _ => false,
    }
}

/// Whether the patterns of some place exclude each other; behind a `..` places are not
/// what they are counted as.
fn any_differ(one: &Punctuated<Pat, Token![,]>, two: &Punctuated<Pat, Token![,]>) -> bool {
    let mut pairs = one
        .iter()
        .zip(two)
        .take_while(|(one, two)| !is_rest(one) && !is_rest(two));
    pairs.any(|(one, two)| differ(one, two))
}

fn is_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => matches!(&ident.subpat, Some((_, inner)) if is_rest(inner)),
        _ => false,
    }
}

/// A pattern without what changes nothing of what it matches.
fn inside(pat: &Pat) -> &Pat {
    match pat {
        Pat::Paren(paren) => inside(&paren.pat),
        Pat::Reference(reference) => inside(&reference.pat),
        Pat::Ident(ident) => ident
            .subpat
            .as_ref()
            .map_or(pat, |(_, inner)| inside(inner)),
        pat => pat,
    }
}

/// What a value must be to match: a literal, or a variant of a name.
fn head(pat: &Pat) -> Option<String> {
    match pat {
        Pat::Lit(literal) => Some(literal.to_token_stream().to_string()),
        Pat::Path(path) => last(&path.path),
        Pat::TupleStruct(variant) => last(&variant.path),
        Pat::Struct(variant) => last(&variant.path),
        Pat::Ident(ident) => {
            let name = ident.ident.to_string();
            name.starts_with(char::is_uppercase).then_some(name)
        }
        _ => None,
    }
}

fn last(path: &Path) -> Option<String> {
    let last = path.segments.last();
    last.map(|last| last.ident.to_string())
}
