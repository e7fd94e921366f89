//! The names that a pattern binds.

use syn::visit::Visit;
use syn::{Expr, Pat, PatIdent, PatOr, PatReference};

/// The binding identifiers of `pat`, each name once, in order.
///
/// An identifier that begins with an upper-case letter is taken for a
/// constant or a unit variant, as the naming lints of rustc would have it.
pub(crate) fn bindings(pat: &Pat) -> Vec<&PatIdent> {
    let mut finder = Finder(Vec::new());
    finder.visit_pat(pat);
    finder.0
}

/// Whether matching a borrow with `pat` again binds what it bound before: not
/// if a binding can be assigned to, or is copied out of the borrow.
pub(crate) fn rebinds(pat: &Pat) -> bool {
    struct Copies(bool);
    impl<'ast> Visit<'ast> for Copies {
        fn visit_pat_reference(&mut self, _: &'ast PatReference) {
            self.0 = true;
        }
    }
    let mut copies = Copies(false);
    copies.visit_pat(pat);
    !copies.0 && is_fixed(pat)
}

/// Whether nothing that `pat` binds can be assigned to.
pub(crate) fn is_fixed(pat: &Pat) -> bool {
    bindings(pat)
        .iter()
        .all(|binding| binding.by_ref.is_some() || binding.mutability.is_none())
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
