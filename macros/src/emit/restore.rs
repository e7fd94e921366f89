//! How locals come into a state.
//!
//! ```text
//! resume: let Some(value) = flow.resume(3, o2, (y0, y2)) else { break 'm };
//!         let mut receipt = value.0; let mut order = value.1.0; let mut total = value.1.1;
//! goto:   let Some(value) = j7.take() else { break 'm }; ..
//! ```

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::transfer;
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
    let (slot, value) = (names::slot(id), names::ident("value"));
    let taken = some_of(&quote!(#slot.take()));
    let bound = bound(&quote!(#value), &slotted, binding);
    quote!(#taken #bound)
}

/// Stops the machine if `given` is nothing.
fn some_of(given: &TokenStream) -> TokenStream {
    let (value, some) = (names::ident("value"), names::some());
    let label = names::machine_label();
    quote! { let #some(#value) = #given else { break #label }; }
}

/// Binds the items of the tuple of tuples `values`.
fn bound(
    values: &TokenStream,
    locals: &[LocalId],
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let bound = locals.iter().enumerate().map(|(at, local)| {
        let (binding, path) = (binding(*local), path(at, locals.len()));
        quote!(let #binding = #values #(.#path)*;)
    });
    bound.collect()
}

/// Restores locals from their bytes.
pub(super) fn take(
    machine: &Machine<'_>,
    locals: &[LocalId],
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let (lent, locals) = transfer::partition(machine, locals);
    let held = hold(&lent, &binding);
    if locals.is_empty() {
        return held;
    }
    let [run, value] = ["run", "value"].map(names::ident);
    let ties = transfer::nested(locals.iter().map(|local| transfer::tie(*local)).collect());
    let taken = some_of(&quote!(#run.take(#ties)));
    let bound = bound(&quote!(#value), &locals, binding);
    quote!(#taken #bound #held)
}

/// Gets the outcome of what was awaited, and restores locals from their bytes.
pub(super) fn resume(
    machine: &Machine<'_>,
    (point, into): (PointId, &Ident),
    locals: &[LocalId],
    binding: impl Fn(LocalId) -> TokenStream,
) -> TokenStream {
    let (lent, locals) = transfer::partition(machine, locals);
    let held = hold(&lent, &binding);
    let [run, value] = ["run", "value"].map(names::ident);
    let number = transfer::number(machine, Entry::Resume(point));
    let op_tie = names::op_tie(point);
    if locals.is_empty() {
        let outcome = some_of(&quote!(#run.outcome(#number, #op_tie)));
        return quote!(#outcome let mut #into = #value; #held);
    }
    let ties = transfer::nested(locals.iter().map(|local| transfer::tie(*local)).collect());
    let resumed = some_of(&quote!(#run.resume(#number, #op_tie, #ties)));
    let bound = bound(&quote!(#value.1), &locals, binding);
    quote!(#resumed let mut #into = #value.0; #bound #held)
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

/// Where an item of `len` lies in the tuple that [`transfer::nested`] makes of them.
fn path(mut at: usize, mut len: usize) -> Vec<Literal> {
    let mut path = Vec::new();
    while len > transfer::WIDTH {
        path.push(at % transfer::WIDTH);
        (at, len) = (at / transfer::WIDTH, len.div_ceil(transfer::WIDTH));
    }
    path.push(at);
    path.into_iter()
        .rev()
        .map(Literal::usize_unsuffixed)
        .collect()
}
