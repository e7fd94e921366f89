//! Alternatives of which several may match the same value.
//!
//! rustc tests the guard of `(k, _) | (_, k) if ..` for each alternative that
//! matches. A guard that awaits is tested for the first alone, so only those
//! of which at most one matches, as far as their first words tell, may have
//! one.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Pat, PatOr, Path};

/// The first alternatives in `pat` that may match at once.
pub(super) fn overlapping(pat: &Pat) -> Option<&PatOr> {
    let mut finder = Finder(None);
    finder.visit_pat(pat);
    finder.0
}

struct Finder<'ast>(Option<&'ast PatOr>);

impl<'ast> Visit<'ast> for Finder<'ast> {
    fn visit_pat_or(&mut self, or: &'ast PatOr) {
        let heads: Option<BTreeSet<String>> = or.cases.iter().map(head).collect();
        let apart = heads.is_some_and(|heads| heads.len() == or.cases.len());
        if !apart && self.0.is_none() {
            self.0 = Some(or);
        }
        visit::visit_pat_or(self, or);
    }
}

/// What a value must be to match: a literal, or a variant of a name.
fn head(pat: &Pat) -> Option<String> {
    match pat {
        Pat::Lit(literal) => Some(literal.to_token_stream().to_string()),
        Pat::Path(path) => last(&path.path),
        Pat::TupleStruct(variant) => last(&variant.path),
        Pat::Struct(variant) => last(&variant.path),
        Pat::Paren(paren) => head(&paren.pat),
        Pat::Reference(reference) => head(&reference.pat),
        Pat::Ident(ident) if let Some((_, inner)) = &ident.subpat => head(inner),
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
