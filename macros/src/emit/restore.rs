//! How locals come into a state.
//!
//! ```text
//! resume: let Some((mut receipt, mut order, mut total)) = flow.resume_2(3, o2, y0, y2) else { break 'm };
//! goto:   let Some((mut order, mut total)) = j7 else { break 'm }; j7 = None;
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{kept, transfer};
use crate::ids::{LocalId, PointId, StateId};
use crate::machine::{Entry, Machine};
use crate::names;

/// Takes what came in through the slot of `id`.
pub(super) fn from_slot(
    machine: &Machine<'_>,
    id: StateId,
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let slotted = machine.states[id].slotted();
    if slotted.is_empty() {
        return TokenStream::new();
    }
    let (slot, bound) = (names::slot(id), bound(&slotted, binding));
    // No method: of a tuple in which something has no type it would give no type.
    let taken = some_of(&bound, &quote!(#slot));
    quote!(#taken #slot = ::core::option::Option::None;)
}

/// Binds what `given` has; if it has nothing, the machine stops.
fn some_of(bound: &TokenStream, given: &TokenStream) -> TokenStream {
    let (some, label) = (names::some(), names::machine_label());
    quote! { let #some(#bound) = #given else { break #label }; }
}

/// The pattern for the values of `locals`.
fn bound(locals: &[LocalId], binding: impl Fn(LocalId) -> TokenStream) -> TokenStream {
    transfer::nested(locals.iter().map(|local| binding(*local)).collect())
}

/// Restores locals from their bytes.
pub(super) fn take(
    machine: &Machine<'_>,
    locals: &[LocalId],
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let (lent, locals) = kept::partition(machine, locals);
    let held = hold(&lent, &binding);
    if locals.is_empty() {
        return held;
    }
    let taken = taken(&locals, &binding);
    quote!(#taken #held)
}

/// Restores locals that are no borrows, as many at once as the runtime can.
fn taken(locals: &[LocalId], binding: &impl Fn(LocalId) -> TokenStream) -> TokenStream {
    let run = names::ident("run");
    let chunks = locals.chunks(transfer::WIDTH).map(|locals| {
        let (take, ties) = (kept::many("take", locals), ties(locals));
        some_of(&bound(locals, binding), &quote!(#run.#take(#ties)))
    });
    chunks.collect()
}

/// Gets the outcome of what was awaited, and restores locals from their bytes.
pub(super) fn resume(
    machine: &Machine<'_>,
    (point, into): (PointId, &Ident),
    locals: &[LocalId],
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let (lent, locals) = kept::partition(machine, locals);
    let held = hold(&lent, &binding);
    let run = names::ident("run");
    let number = transfer::number(machine, Entry::Resume(point));
    let op_tie = names::op_tie(point);
    if locals.is_empty() {
        let outcome = some_of(&quote!(mut #into), &quote!(#run.outcome(#number, #op_tie)));
        return quote!(#outcome #held);
    }
    let (first, others) = locals.split_at(locals.len().min(transfer::WIDTH));
    let (resume, ties) = (kept::many("resume", first), ties(first));
    let bound = first.iter().map(|local| binding(*local));
    let resumed = some_of(
        &quote!((mut #into, #(#bound),*)),
        &quote!(#run.#resume(#number, #op_tie, #ties)),
    );
    let taken = taken(others, &binding);
    quote!(#resumed #taken #held)
}

fn ties(locals: &[LocalId]) -> TokenStream {
    let ties = locals.iter().map(|local| names::tie(*local));
    quote!(#(#ties),*)
}

/// Restores locals that may be borrows, for as long as the state runs.
fn hold(lent: &[LocalId], binding: impl Fn(LocalId) -> TokenStream) -> TokenStream {
    let [run, some] = [names::ident("run"), names::some()];
    let label = names::machine_label();
    let held = lent.iter().map(|local| {
        let (held, open) = (names::held(*local), names::open(*local));
        let (tie, binding) = (names::tie(*local), binding(*local));
        quote! {
            let #some(mut #held) = #run.hold(#tie) else {
                break #label
            };
            let mut #open = #held.open();
            let #binding = #tie.lend(&mut #open);
        }
    });
    held.collect()
}
