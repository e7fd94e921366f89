//! What fills parts of locals that were moved away, where the next state gets
//! the local as a whole:
//!
//! ```text
//! let __flow_z3 = run.spare(&order.items);
//! let items = order.items;
//! .. order.items = __flow_z3; run.put(.., &order); state = run.wait(..)
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::ids::LocalId;
use crate::machine::{Machine, State, exits};
use crate::names;

/// The parts that a state must fill on some way out of it.
pub(super) fn of(machine: &Machine<'_>, state: &State<'_>) -> BTreeSet<LocalId> {
    let mut spares = BTreeSet::new();
    exits(&state.code, &mut |entry| {
        spares.extend(filled(machine, state, &machine.states[machine.id(entry)]));
    });
    spares
}

/// Makes the spares among `spares` that are parts of `locals`, which have just
/// been bound.
pub(super) fn make(
    machine: &Machine<'_>,
    scope: &Scope<'_>,
    spares: &BTreeSet<LocalId>,
    locals: &[LocalId],
) -> TokenStream {
    let made = spares.iter().copied();
    let made = made.filter(|part| locals.contains(&machine.plain.root(*part)));
    let made = made.map(|part| {
        let row = &machine.plain.locals[part];
        let runtime = names::runtime(row.ident.span());
        let (run, label) = (names::ident("run"), names::machine_label());
        let (spare, place) = (names::spare(part), scope.place(part));
        let name = &row.stored;
        quote! {
            let ::core::option::Option::Some(#spare) = ({
                use #runtime::{ViaBytes as _, ViaCopy as _};
                (&#runtime::Spare(&#place)).spare(&mut #run, #name)
            }) else {
                break #label
            };
        }
    });
    made.collect()
}

/// Fills what was moved out of what `target` gets as a whole.
pub(super) fn fill(
    machine: &Machine<'_>,
    state: &State<'_>,
    scope: &Scope<'_>,
    target: &State<'_>,
) -> TokenStream {
    let filled = filled(machine, state, target).map(|part| {
        let (place, spare) = (scope.place(part), names::spare(part));
        quote!(#place = #spare;)
    });
    filled.collect()
}

fn filled<'m>(
    machine: &'m Machine<'_>,
    state: &'m State<'_>,
    target: &'m State<'_>,
) -> impl Iterator<Item = LocalId> + use<'m> {
    let plain = machine.plain;
    let stale = target.stale.iter().copied();
    stale.filter(|part| {
        let is_filled_with_more = target
            .stale
            .iter()
            .any(|more| plain.is_inside(*part, *more));
        !is_filled_with_more && !state.carries(plain.root(*part))
    })
}
