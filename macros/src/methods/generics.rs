//! The parameters of an `impl` block and of its methods.

use proc_macro2::Ident;
use syn::{Generics, parse_quote};

/// Bounds the parameters of a method, and of the block that it is in, each where its other
/// bounds are.
pub(super) fn make_static(method: &mut Generics, block: &Generics) {
    let unbounded = method.type_params().filter(|ty| ty.bounds.is_empty());
    let named: Vec<Ident> = unbounded
        .chain(block.type_params())
        .map(|ty| ty.ident.clone())
        .collect();
    for ty in method.type_params_mut() {
        if !ty.bounds.is_empty() {
            ty.bounds.push(parse_quote!('static));
        }
    }
    for name in named {
        let clause = method.make_where_clause();
        clause.predicates.push(parse_quote!(#name: 'static));
    }
}

/// The parameters of a block, and of one of its methods.
pub(super) fn joined(block: &Generics, method: Generics) -> Generics {
    let mut joined = block.clone();
    joined.params.extend(method.params);
    if let Some(clause) = method.where_clause {
        joined
            .make_where_clause()
            .predicates
            .extend(clause.predicates);
    }
    joined
}
