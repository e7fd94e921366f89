//! Locals of which only parts are there: a struct of our own, with the fields
//! that are still needed, stands where the user's was, so that the user's code
//! finds them by their names.
//!
//! ```text
//! struct __flow_s2<F> { email: F }
//! let mut order = __flow_s2 { email: __flow_l7 };
//! notify(order.email)
//! ```

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Member;

use crate::ids::LocalId;
use crate::machine::{Machine, State};
use crate::model::Part;
use crate::names;
use crate::syntax::uses::path_name;

/// The parts of `root` that come into a state and are named there.
pub(super) fn kept_of<'m>(
    machine: &'m Machine<'_>,
    state: &'m State<'_>,
    root: LocalId,
) -> impl Iterator<Item = (LocalId, &'m Part)> {
    state.restored().filter_map(move |local| {
        let part = machine.plain.locals[local].part.as_ref()?;
        (part.root == root).then_some((local, part))
    })
}

/// The value of a local that comes into a state in parts.
pub(super) fn built(machine: &Machine<'_>, state: &State<'_>, root: LocalId) -> TokenStream {
    let parts = kept_of(machine, state, root);
    let parts: Vec<(&[Member], LocalId)> = parts
        .map(|(local, part)| (part.fields.as_slice(), local))
        .collect();
    build(&shapes(machine, root), root, &[], &parts)
}

/// `shape { field: value, .. }` for the parts that lie in the fields `at`.
fn build(
    shapes: &Shapes,
    root: LocalId,
    at: &[Member],
    parts: &[(&[Member], LocalId)],
) -> TokenStream {
    let name = names::shape(root, &path_name(at));
    let fields = shapes.get(&path_name(at)).into_iter().flatten();
    let fields = fields.map(|(_, field)| {
        let mut path = at.to_vec();
        path.push(field.clone());
        let inside: Vec<(&[Member], LocalId)> = parts
            .iter()
            .copied()
            .filter(|(fields, _)| fields.starts_with(&path))
            .collect();
        let value = match inside.as_slice() {
            [] => quote!(()),
            [(fields, local)] if fields.len() == path.len() => {
                let restored = names::restored(*local);
                quote!(#restored)
            }
            inside => build(shapes, root, &path, inside),
        };
        quote!(#field: #value)
    });
    quote!(#name { #(#fields),* })
}

/// For each path at which some part goes on, the fields there.
type Shapes = BTreeMap<String, BTreeMap<String, Member>>;

fn shapes(machine: &Machine<'_>, root: LocalId) -> Shapes {
    let mut shapes = Shapes::new();
    for (_, state) in machine.states.iter() {
        for (_, part) in kept_of(machine, state, root) {
            for (depth, field) in part.fields.iter().enumerate() {
                let at = part.fields.get(..depth).unwrap_or_default();
                let fields = shapes.entry(path_name(at)).or_default();
                fields.insert(path_name(std::slice::from_ref(field)), field.clone());
            }
        }
    }
    shapes.values_mut().for_each(fill);
    shapes
}

/// Adds the fields of a tuple that lie before those that are needed.
fn fill(fields: &mut BTreeMap<String, Member>) {
    let last = fields.values().filter_map(index).max();
    for index in 0..last.unwrap_or_default() {
        let field = syn::Index::from(usize::try_from(index).unwrap_or_default());
        fields
            .entry(index.to_string())
            .or_insert(Member::Unnamed(field));
    }
}

/// The structs of all locals of which parts are kept.
pub(super) fn types(machine: &Machine<'_>) -> TokenStream {
    let mut roots = BTreeSet::new();
    for (_, state) in machine.states.iter() {
        roots.extend(
            state
                .kept
                .iter()
                .filter_map(|local| Some(machine.plain.locals[*local].part.as_ref()?.root)),
        );
    }
    roots
        .into_iter()
        .flat_map(|root| {
            let shapes = shapes(machine, root);
            shapes
                .into_iter()
                .map(move |(at, fields)| shape(root, &at, &fields))
        })
        .collect()
}

fn shape(root: LocalId, at: &str, fields: &BTreeMap<String, Member>) -> TokenStream {
    let name = names::shape(root, at);
    let types: Vec<Ident> = (0..fields.len())
        .map(|number| names::ident(&format!("f{number}")))
        .collect();
    let named = fields
        .values()
        .all(|field| matches!(field, Member::Named(_)));
    if named {
        let fields = fields.values();
        return quote!(struct #name<#(#types),*> { #(#fields: #types),* });
    }
    // Sorted by their words, `10` comes before `2`.
    let mut slots: Vec<(Option<u32>, &Ident)> = fields.values().map(index).zip(&types).collect();
    slots.sort();
    let slots = slots.iter().map(|(_, ty)| ty);
    quote!(struct #name<#(#types),*>(#(#slots),*);)
}

fn index(field: &Member) -> Option<u32> {
    match field {
        Member::Named(_) => None,
        Member::Unnamed(index) => Some(index.index),
    }
}
