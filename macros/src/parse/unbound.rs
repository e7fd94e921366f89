//! Type parameters where a flow takes or returns them, if no bound of them may say that
//! they can be stored: rustc would ask for another bound than `Durable`.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    FnArg, Generics, Ident, ReturnType, Signature, Type, TypeParamBound, TypePath, WherePredicate,
};

use crate::check::catalog;
use crate::diag::Diagnostics;

/// Refuses the first use of each.
pub(super) fn check(sig: &Signature, diag: &mut Diagnostics) {
    let mut uses = Uses {
        unbound: unbound(&sig.generics),
        diag,
    };
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input {
            uses.visit_type(&typed.ty);
        }
    }
    if let ReturnType::Type(_, ty) = &sig.output {
        uses.visit_type(ty);
    }
}

/// The type parameters whose bounds are such.
fn unbound(generics: &Generics) -> BTreeSet<String> {
    let free = generics.type_params().filter(|ty| is_unsaid(&ty.bounds));
    let mut free: BTreeSet<String> = free.map(|ty| ty.ident.to_string()).collect();
    let predicates = generics.where_clause.iter();
    for predicate in predicates.flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(bound) = predicate
            && !is_unsaid(&bound.bounds)
        {
            let mut named = Named(&mut free);
            named.visit_type(&bound.bounded_ty);
        }
    }
    free
}

/// Takes the names away that it meets.
struct Named<'n>(&'n mut BTreeSet<String>);

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_ident(&mut self, name: &'ast Ident) {
        self.0.remove(&name.to_string());
    }
}

/// Traits of std, which say nothing of storing.
const OTHERS: [&str; 14] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Eq",
    "From",
    "Hash",
    "Into",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Sync",
];

fn is_unsaid<'b>(bounds: impl IntoIterator<Item = &'b TypeParamBound>) -> bool {
    bounds.into_iter().all(|bound| match bound {
        TypeParamBound::Lifetime(_) => true,
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| OTHERS.iter().any(|other| last.ident == other)),
        _ => false,
    })
}

struct Uses<'d> {
    unbound: BTreeSet<String>,
    diag: &'d mut Diagnostics,
}

/// What is stored if that is which is in it. Of another type its own `impl`s say so.
const HOLDERS: [&str; 8] = [
    "BTreeMap", "BTreeSet", "Box", "HashMap", "Option", "Result", "Vec", "VecDeque",
];

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_type(&mut self, ty: &'ast Type) {
        match ty {
            Type::Path(path) => self.visit_type_path(path),
            Type::Tuple(_) | Type::Array(_) | Type::Paren(_) => visit::visit_type(self, ty),
            _ => {}
        }
    }

    fn visit_type_path(&mut self, path: &'ast TypePath) {
        let Some(last) = path.path.segments.last() else {
            return;
        };
        let name = last.ident.to_string();
        if path.path.get_ident().is_some() && self.unbound.remove(&name) {
            self.diag.refuse(path, catalog::UNBOUND_PARAMETER);
        } else if HOLDERS.contains(&name.as_str()) {
            visit::visit_type_path(self, path);
        }
    }
}
