//! How locals get out of a state.
//!
//! ```text
//! wait:   { let op = charge(..);
//!           state = run.wait_2(3, op, o2, y0, y2, &order, &total); continue 'm }
//! goto:   { j7 = Some((order, total)); state = 7; continue 'm }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use super::scope::{Place, Scope};
use super::{kept, restore, spares};
use crate::ids::{Id, LocalId, PointId};
use crate::machine::{Entry, Machine, State, exits};
use crate::model::Code;
use crate::names;

/// The widest tuple of ties that the runtime takes; wider ones are nested.
pub(super) const WIDTH: usize = 8;

/// The locals that are stored or restored anywhere: a tie that nothing uses
/// would have no type.
pub(super) fn tied(machine: &Machine<'_>) -> BTreeSet<LocalId> {
    let mut tied = BTreeSet::new();
    for (_, captures) in machine.captures.iter() {
        tied.extend(&captures.written);
    }
    for (_, state) in machine.states.iter() {
        let encoded = state.encoded();
        tied.extend(state.restored().filter(|local| encoded.contains(local)));
        exits(&state.code, &mut |entry| {
            let next = &machine.states[machine.id(entry)];
            tied.extend(
                next.encoded()
                    .into_iter()
                    .chain(next.passed.iter().copied())
                    .filter(|local| !is_there(machine, state, *local)),
            );
            tied.extend(
                next.slotted()
                    .into_iter()
                    .filter(|local| state.carries(*local) || is_cut_out(machine, state, *local)),
            );
        });
    }
    tied
}

/// Waits for `op`.
pub(super) fn suspend(
    machine: &Machine<'_>,
    state: &State<'_>,
    scope: &mut Scope<'_>,
    point: PointId,
    op: &Code,
) -> TokenStream {
    let next = number(machine, Entry::Resume(point));
    let (held, tie) = (names::ident("op"), names::op_tie(point));
    let tokens = &op.tokens;
    let target = &machine.states[machine.id(Entry::Resume(point))];
    let values: Vec<LocalId> = target
        .kept
        .iter()
        .copied()
        .filter(|local| !is_there(machine, state, *local))
        .collect();
    let filled = spares::filled(machine, state, scope, &[target]);
    let wait = quote!(#next, #held, #tie);
    let way = scope.way_out(&values, &|named, place| match place {
        Place::Begin => kept::keep_and_wait(machine, state, &filled, named, &wait),
        Place::Behind => kept::keep(machine, state, &filled, named),
    });
    quote! {{
        let #held = #tokens;
        #way
    }}
}

/// Goes to a state without waiting.
pub(super) fn goto(
    machine: &Machine<'_>,
    state: &State<'_>,
    scope: &mut Scope<'_>,
    entry: Entry,
) -> TokenStream {
    let id = machine.id(entry);
    let target = &machine.states[id];
    let (next_state, next) = (names::ident("state"), number(machine, entry));
    let slotted = target.slotted();
    let cut_out = |local: &LocalId| is_cut_out(machine, state, *local);
    let encoded = target.encoded().into_iter();
    let encoded: Vec<LocalId> = encoded
        .filter(|local| !is_there(machine, state, *local))
        .chain(slotted.iter().copied().filter(cut_out))
        .collect();
    let filled = spares::filled(machine, state, scope, &[target]);
    let taken: Vec<LocalId> = slotted
        .iter()
        .copied()
        .filter(|local| state.carries(*local) || cut_out(local))
        .collect();
    let take = restore::take(machine, &taken, |local| {
        let restored = names::restored(local);
        quote!(#restored)
    });
    let values = slotted.iter().map(|local| {
        if taken.contains(local) {
            let restored = names::restored(*local);
            quote!(#restored)
        } else if scope.lacks(*local) {
            let runtime = names::runtime(Span::call_site());
            quote!(#runtime::diverge())
        } else {
            machine.plain.place(*local)
        }
    });
    let fill = (!slotted.is_empty()).then(|| {
        let (slot, some, values) = (names::slot(id), names::some(), all(values.collect()));
        // One that says nothing of the type may be the first.
        let is_inferred = |local: &LocalId| machine.plain.inferred.contains(local);
        if is_first(machine, state, entry) || slotted.iter().any(is_inferred) {
            quote!(#slot = #some(#values);)
        } else {
            // Behind an error in the plain copy whatever it is filled with.
            let types = names::ident("types");
            quote!(#types.fill(&mut #slot, #values);)
        }
    });
    // What was put is filled by then.
    let moved: Vec<LocalId> = slotted
        .into_iter()
        .filter(|local| !cut_out(local))
        .collect();
    let moved = spares::fill(machine, &filled, &moved);
    let go = quote!(#take #moved #fill #next_state = #next;);
    let way = scope.way_out(&encoded, &|named, place| {
        let kept = kept::keep(machine, state, &filled, named);
        let go = (place == Place::Begin).then_some(&go);
        quote!(#kept #go)
    });
    quote!({ #way })
}

/// Whether no state before `state` goes to `entry`.
fn is_first(machine: &Machine<'_>, state: &State<'_>, entry: Entry) -> bool {
    let mut order = machine.order_of(state.block());
    let first = order.find(|id| {
        let mut goes = false;
        exits(&machine.states[*id].code, &mut |exit| goes |= exit == entry);
        goes
    });
    first.is_none_or(|first| machine.states[first].entry == state.entry)
}

/// Whether the bytes of a local are what the next state needs: the state does
/// not name it, or the frame around its block holds it, and nobody changes it.
pub(super) fn is_there(machine: &Machine<'_>, state: &State<'_>, local: LocalId) -> bool {
    let held = state.block().map(|block| &machine.captures[block].held);
    state.carries(local) || held.is_some_and(|held| held.contains(&local))
}

/// Whether a state has a local as a whole, or maybe as a borrow, of which another
/// needs a part: it goes there as bytes, since not all types let their parts be moved
/// out.
fn is_cut_out(machine: &Machine<'_>, state: &State<'_>, local: LocalId) -> bool {
    let plain = machine.plain;
    let is_whole = !state.kept.contains(&local);
    let is_lent = !state.carries(local) && plain.may_hide(plain.root(local));
    plain.locals[local].part.is_some() && (is_whole || is_lent)
}

/// The number by which the machine's loop knows a state.
pub(super) fn number(machine: &Machine<'_>, entry: Entry) -> u16 {
    u16::try_from(machine.id(entry).index())
        .expect("`check::size` refuses flows that could have as many")
}

/// A tuple; of tuples, when there are many.
pub(super) fn nested(items: Vec<TokenStream>) -> TokenStream {
    in_chunks(items, |items| quote!((#(#items,)*)))
}

/// The same, of values. Where nobody says that it is one, to rustc a tuple has no type at
/// all if one of its values has none.
fn all(values: Vec<TokenStream>) -> TokenStream {
    let run = names::ident("run");
    in_chunks(values, |values| {
        let all = format_ident!("all_{}", values.len());
        quote!(#run.#all((#(#values,)*)))
    })
}

fn in_chunks(
    mut items: Vec<TokenStream>,
    whole: impl Fn(&[TokenStream]) -> TokenStream,
) -> TokenStream {
    while items.len() > WIDTH {
        items = items.chunks(WIDTH).map(&whole).collect();
    }
    whole(&items)
}
