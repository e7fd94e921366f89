//! How locals are kept: by their ties, as many at once as the runtime takes.
//!
//! ```text
//! if false { return diverge(); run.are_2(y0, y2, order, total); }
//! state = run.wait_2(3, op, o2, y0, y2, &order, &total);
//! ```

use std::cmp::Reverse;
use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::transfer::WIDTH;
use super::{reopen, spares};
use crate::ids::{BlockId, LocalId};
use crate::machine::{Machine, State};
use crate::names;

/// Those of `locals` that may be borrows, and the others.
pub(super) fn partition(machine: &Machine<'_>, locals: &[LocalId]) -> (Vec<LocalId>, Vec<LocalId>) {
    let is_asked = |local: &LocalId| machine.plain.locals[*local].is_asked;
    locals.iter().copied().partition(is_asked)
}

/// Keeps `locals`, after what was moved out of them is filled. What may be a
/// borrow of another comes before that, which was there first. The last call does what
/// `wait` says, if it is there.
pub(super) fn put(
    machine: &Machine<'_>,
    within: Option<BlockId>,
    filled: &[LocalId],
    locals: &[LocalId],
    wait: Option<&TokenStream>,
) -> TokenStream {
    let (mut lent, locals) = partition(machine, locals);
    lent.sort_by_key(|local| Reverse(machine.plain.root(*local)));
    let lent = lent.into_iter().map(|local| {
        let filled = spares::fill_lent(machine, filled, local);
        let put = put_lent(machine, within, local);
        quote!(#filled #put)
    });
    let filled = spares::fill(machine, filled, &locals);
    let (run, next) = (names::ident("run"), names::ident("state"));
    let mut chunks = locals.chunks(WIDTH);
    let waits = wait.map(|wait| {
        let Some(last) = chunks.next_back() else {
            return quote!(#next = #run.wait(#wait););
        };
        let (waits, given) = (many("wait", last), given(machine, within, last));
        quote!(#next = #run.#waits(#wait, #given);)
    });
    let put = chunks.map(|locals| {
        let (put, given) = (many("put", locals), given(machine, within, locals));
        quote!(#run.#put(#given);)
    });
    quote!(#(#lent)* #filled #(#put)* #waits)
}

/// The ties of `locals`, and borrows of them.
fn given(machine: &Machine<'_>, within: Option<BlockId>, locals: &[LocalId]) -> TokenStream {
    let ties = locals.iter().map(|local| names::tie(*local));
    let places = locals.iter().map(|local| place(machine, within, *local));
    quote!(#(#ties,)* #(&#places),*)
}

/// Keeps `locals` of a state.
pub(super) fn keep(
    machine: &Machine<'_>,
    state: &State<'_>,
    filled: &[LocalId],
    locals: &[LocalId],
) -> TokenStream {
    let typed = typed(machine, state, locals);
    let put = put(machine, state.block(), filled, locals, None);
    quote!(#typed #put)
}

/// The same, and waits: one call more is what rustc takes longest over.
pub(super) fn keep_and_wait(
    machine: &Machine<'_>,
    state: &State<'_>,
    filled: &[LocalId],
    locals: &[LocalId],
    wait: &TokenStream,
) -> TokenStream {
    let typed = typed(machine, state, locals);
    let put = put(machine, state.block(), filled, locals, Some(wait));
    quote!(#typed #put)
}

/// Says by value of which types those of `locals` are that the state did not get by their
/// ties: of a borrow of what has no type, as behind an error, the ties would learn nothing,
/// and the next state would take it for what it is first used as.
fn typed(machine: &Machine<'_>, state: &State<'_>, locals: &[LocalId]) -> TokenStream {
    let (_, locals) = partition(machine, locals);
    let encoded = state.encoded();
    let by_tie: BTreeSet<LocalId> = state.restored().filter(|l| encoded.contains(l)).collect();
    // What lies around a block would move into it.
    let block = state.block().map(|block| &machine.plain.blocks[block]);
    let is_own =
        |local: &LocalId| block.is_none_or(|block| block.binds(machine.plain.root(*local)));
    let new = locals
        .into_iter()
        .filter(|local| is_own(local) && !by_tie.contains(local));
    let new: Vec<LocalId> = new.collect();
    if new.is_empty() {
        return TokenStream::new();
    }
    let (flow, never) = (names::ident("run"), reopen::never());
    let typed = new.chunks(WIDTH).map(|locals| {
        let (are, ties) = (
            many("are", locals),
            locals.iter().map(|local| names::tie(*local)),
        );
        let places = locals
            .iter()
            .map(|local| place(machine, state.block(), *local));
        quote!(#flow.#are(#(#ties,)* #(#places),*);)
    });
    quote!(if false { #never; #(#typed)* })
}

/// The function that does something with as many locals at once.
pub(super) fn many(what: &str, locals: &[LocalId]) -> Ident {
    format_ident!("{what}_{}", locals.len())
}

/// Keeps a local that may be a borrow.
fn put_lent(machine: &Machine<'_>, within: Option<BlockId>, local: LocalId) -> TokenStream {
    let flow = names::ident("run");
    let (value, tie) = (place(machine, within, local), names::tie(local));
    quote!(#flow.put_lent(#tie, &#value);)
}

/// Says of which form a local is that may be a borrow, and demands that it can be stored.
pub(super) fn has(local: LocalId, span: Span) -> TokenStream {
    let (runtime, judged) = (names::runtime(Span::call_site()), names::ident("judged"));
    let (name, tie, codec) = (
        names::asked(local, span),
        names::tie(local),
        names::codec(span),
    );
    let form = quote_spanned!(span=> #judged.storing(#name, #runtime::form_of!(#name)));
    quote_spanned!(span=> #tie.has((&&#form).kept(#codec).form());)
}

/// The place of a local for the code of a block.
fn place(machine: &Machine<'_>, within: Option<BlockId>, local: LocalId) -> TokenStream {
    let captures = within.map(|block| &machine.captures[block]);
    if captures.is_some_and(|captures| captures.hidden.contains(&local)) {
        names::restored(local).into_token_stream()
    } else {
        machine.plain.place(local)
    }
}
