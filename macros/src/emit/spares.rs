//! What fills parts of locals that were moved away, where the next state gets
//! the local as a whole:
//!
//! ```text
//! let __flow_z3 = run.spare(&order.items);
//! let items = order.items;
//! .. order.items = __flow_z3; run.put(.., &order); state = run.wait(..)
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::refill::Late;
use super::scope::Scope;
use crate::ids::{BlockId, LocalId};
use crate::machine::{Machine, State, exits};
use crate::model::Fork;
use crate::names;

/// The parts that a state must fill on some way out of it.
pub(super) fn of(machine: &Machine<'_>, state: &State<'_>) -> BTreeSet<LocalId> {
    let mut spares = BTreeSet::new();
    exits(&state.code, &mut |entry| {
        spares.extend(wanted(machine, state, &machine.states[machine.id(entry)]));
    });
    spares
}

/// Makes the spares among `spares` that are parts of `locals`, which have just
/// been bound; with those that are made again behind assignments.
pub(super) fn make(
    machine: &Machine<'_>,
    scope: &mut Scope<'_>,
    spares: &BTreeSet<LocalId>,
    locals: &[LocalId],
) -> (TokenStream, Vec<Late>) {
    let (mut made, mut renewed) = (TokenStream::new(), Vec::new());
    for part in within(machine, spares, locals) {
        scope.spare(part);
        let (spare, some) = (names::spare(part), some(machine, part));
        let label = names::machine_label();
        made.extend(quote! {
            let ::core::option::Option::Some(mut #spare) = (#some) else { break #label };
        });
        if is_renewed(machine, part) {
            renewed.push(late(machine, part));
        }
    }
    (made, renewed)
}

/// Whether a spare must be what the local is in the end, which something may replace.
fn is_renewed(machine: &Machine<'_>, part: LocalId) -> bool {
    let plain = machine.plain;
    plain.broken.contains(&part) && plain.mutable.contains(&plain.root(part))
}

fn late(machine: &Machine<'_>, part: LocalId) -> Late {
    let root = machine.plain.root(part);
    Late {
        root: machine.plain.locals[root].ident.clone(),
        spare: names::spare(part),
        made: copy(machine, part),
    }
}

/// Declares the spares among `spares` that are parts of `locals`, which have no
/// value yet.
pub(super) fn declare(
    machine: &Machine<'_>,
    scope: &mut Scope<'_>,
    spares: &BTreeSet<LocalId>,
    locals: &[LocalId],
) -> Vec<Late> {
    let declared = within(machine, spares, locals).map(|part| {
        scope.spare(part);
        late(machine, part)
    });
    declared.collect()
}

fn within(
    machine: &Machine<'_>,
    spares: &BTreeSet<LocalId>,
    locals: &[LocalId],
) -> impl Iterator<Item = LocalId> {
    let spares = spares.iter().copied();
    spares.filter(move |part| machine.plain.lies_in(*part, locals))
}

/// A copy of a part; if there is none, the machine stops.
pub(super) fn copy(machine: &Machine<'_>, part: LocalId) -> TokenStream {
    let (some, label) = (some(machine, part), names::machine_label());
    quote! {
        match #some {
            ::core::option::Option::Some(copy) => copy,
            ::core::option::Option::None => break #label,
        }
    }
}

/// A spare of a part, or nothing if it cannot be made.
fn some(machine: &Machine<'_>, part: LocalId) -> TokenStream {
    let row = &machine.plain.locals[part];
    let (runtime, run) = (names::runtime(row.ident.span()), names::ident("run"));
    let (place, name) = (machine.plain.place(part), &row.stored);
    quote! {
        {
            use #runtime::{ViaBytes as _, ViaCopy as _};
            (&#runtime::Spare(&#place)).spare(&mut #run, #name)
        }
    }
}

/// What of the spares goes into what `targets` get as a whole.
pub(super) fn filled(
    machine: &Machine<'_>,
    state: &State<'_>,
    scope: &Scope<'_>,
    targets: &[&State<'_>],
) -> Vec<LocalId> {
    let parts: BTreeSet<LocalId> = targets
        .iter()
        .flat_map(|target| wanted(machine, state, target))
        .collect();
    // What one of several needs was not moved out, but maybe something in it.
    let is_broken = |part: LocalId| machine.plain.broken.contains(&part);
    let needed = |part: LocalId| {
        !is_broken(part) && targets.iter().any(|target| needs(machine, target, part))
    };
    let filled = parts.into_iter();
    filled
        .filter(|part| scope.has_spare(*part) && !needed(*part))
        .collect()
}

/// Fills what was moved out of `locals`.
pub(super) fn fill(machine: &Machine<'_>, filled: &[LocalId], locals: &[LocalId]) -> TokenStream {
    let filled = filled.iter().copied();
    let filled = filled.filter(|part| machine.plain.lies_in(*part, locals));
    let filled = filled.map(|part| {
        let (place, spare) = (machine.plain.place(part), names::spare(part));
        quote!(#place = #spare;)
    });
    filled.collect()
}

/// The same of a local that may be a borrow, or hold one: what lies behind it nobody moved.
///
/// ```text
/// let parts = parts(|| { let held = y1.never(); Holder(&held).parts().then(Holder(&held.0).parts()) });
/// if parts.are_filled() { parts.filled(); best.0.name = __flow_z3; } else { parts.left(); }
/// ```
pub(super) fn fill_lent(machine: &Machine<'_>, filled: &[LocalId], local: LocalId) -> TokenStream {
    let filled = filled.iter().copied();
    let filled = filled.filter(|part| machine.plain.lies_in(*part, &[local]));
    let filled = filled.map(|part| {
        let fill = fill(machine, &[part], &[local]);
        let Some(held) = holders(machine, part, local) else {
            return fill;
        };
        let (runtime, tie) = (names::runtime(Span::call_site()), names::tie(local));
        let (parts, value) = (names::ident("parts"), names::ident("held"));
        quote! {{
            use #runtime::{ViaBehind as _, ViaHere as _};
            let #parts = #runtime::parts(|| { let #value = #tie.never(); #held });
            if #parts.are_filled() { #parts.filled(); #fill } else { #parts.left(); }
        }}
    });
    filled.collect()
}

/// What holds a part, from a local inwards.
fn holders(machine: &Machine<'_>, part: LocalId, local: LocalId) -> Option<TokenStream> {
    let fields = |local: LocalId| {
        machine.plain.locals[local]
            .part
            .as_ref()
            .map(|part| &part.fields)
    };
    let outer = fields(local).map_or(0, Vec::len);
    let inner = fields(part)?.get(outer..)?;
    let (runtime, value) = (names::runtime(Span::call_site()), names::ident("held"));
    let holder = |depth: usize| {
        let path = inner.iter().take(depth);
        quote!((&#runtime::Holder(&#value #(.#path)*)).parts())
    };
    let holders = (0..inner.len()).rev().map(holder);
    holders.reduce(|inner, outer| quote!(#outer.then(#inner)))
}

/// Whether `target` needs a part as it is, or the blocks that it awaits do.
fn needs(machine: &Machine<'_>, target: &State<'_>, part: LocalId) -> bool {
    let awaited = target.fork.into_iter().flat_map(Fork::blocks);
    let awaited: Vec<BlockId> = awaited.map(|(_, block, _)| block).collect();
    let mut states = machine.states.iter().map(|(_, state)| state);
    needs_itself(machine, target, part)
        || states.any(|state| {
            let lies_in = awaited.iter().any(|block| state.within.contains(block));
            lies_in && needs_itself(machine, state, part)
        })
}

fn needs_itself(machine: &Machine<'_>, target: &State<'_>, part: LocalId) -> bool {
    let plain = machine.plain;
    let within = |whole: LocalId| part == whole || plain.is_inside(part, whole);
    let kept = |local: &LocalId| within(*local) || plain.is_inside(*local, part);
    let block = target.block().map(|block| &machine.captures[block]);
    let root = plain.root(part);
    // What a block writes it does not keep itself.
    let is_written = block.is_some_and(|block| block.written.contains(&root));
    let is_written = is_written && target.live.contains(&root);
    (is_written || target.kept.iter().any(kept)) && !target.stale.iter().any(|stale| within(*stale))
}

fn wanted<'m>(
    machine: &'m Machine<'_>,
    from: &'m State<'_>,
    target: &'m State<'_>,
) -> impl Iterator<Item = LocalId> + use<'m> {
    let plain = machine.plain;
    let wanted = target.stale.iter().copied();
    // What comes in is whole: only what this state names can be moved by it.
    let is_named = |part: LocalId| {
        let mut named = from.mentions.iter();
        named.any(|local| {
            *local == part || plain.is_inside(*local, part) || plain.is_inside(part, *local)
        })
    };
    wanted.filter(move |part| {
        let is_filled_with_more = target
            .stale
            .iter()
            .any(|more| plain.is_inside(*part, *more));
        is_named(*part) && !is_filled_with_more && !from.carries(plain.root(*part))
    })
}
