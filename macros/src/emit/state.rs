//! The function that runs one step of a flow.
//!
//! ```text
//! fn resume(frame, cx) -> Progress<Ret> {
//!     let (mut run, mut state) = Run::open(&SHAPE, &frame, cx)?;
//!     let done = run_once(async {               // polled once: `?` and `return` are the user's own
//!         if false { return diverge::<Ret>() }  // says what they return
//!         let y0 = tie(); let o0 = awaited(); let mut j3 = None;
//!         'm: loop { match state { 0 => {..} 1 => {..} _ => break 'm } }
//!         match stop().await {}
//!     });
//!     run.end(done)
//! }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::writer::Writer;
use super::{outline, parts, pristine, transfer};
use crate::ids::{BlockId, LocalId, StateId};
use crate::machine::Machine;
use crate::model::{Flow, Role};
use crate::names;

/// `Machine::resume`.
pub(super) fn resume(flow: &Flow, machine: &Machine<'_>) -> TokenStream {
    let runtime = names::runtime(flow.ident.span());
    let [frame, cx, run, state, done] = ["frame", "cx", "run", "state", "done"].map(names::ident);
    let (pin, plain) = (pristine::pin(flow), pristine::checked(flow));
    let items = &machine.plain.items;
    let (shapes, handed) = (parts::types(machine), transfer::tied(machine));
    let (ties, outline) = (ties(machine, &handed), outline::of(machine, &handed));
    let (states, ordered) = (states(machine, None), ordered(flow, machine, &handed));
    let (some, ended) = (names::some(), names::known(Span::call_site(), &run));
    let body = quote! {
        #pin
        use ::core::option::Option::Some as #some;
        #(#items)*
        #shapes
        #ties
        #outline
        #states
        #ordered
    };
    let body = pristine::as_body(flow, body);
    quote! {
        #[allow(
            nonstandard_style,
            overflowing_literals,
            unexpected_cfgs,
            unused,
            unreachable_code,
            unreachable_patterns,
            unused_assignments,
            non_camel_case_types,
            irrefutable_let_patterns,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
        fn resume(
            #frame: #runtime::Bytes,
            #cx: &mut #runtime::Cx,
        ) -> #runtime::Progress<Self::Output> {
            let (mut #run, mut #state) = #runtime::Run::open(&SHAPE, &#frame, #cx)?;
            #plain
            let #done = #runtime::run_once(#body);
            #ended.end(#done)
        }
    }
}

/// What carries types from state to state.
fn ties(machine: &Machine<'_>, handed: &BTreeSet<LocalId>) -> TokenStream {
    let mut ties = TokenStream::new();
    for &local in handed {
        let row = &machine.plain.locals[local];
        let (tie, span) = (names::tie(local), row.ident.span());
        let param = machine
            .plain
            .params
            .iter()
            .position(|param| *param == local);
        ties.extend(if let Some(number) = param {
            let mut argument = names::argument(number);
            argument.set_span(span);
            // A call, so that the audit tells what reads the argument where that stands.
            quote_spanned!(span=> let #tie = Self::#argument.here();)
        } else {
            // What cannot be stored is shown as the user's own mistake.
            let number = Literal::u16_unsuffixed(machine.stored_index(local));
            let judged = names::ident("judged");
            if row.is_asked {
                quote_spanned!(span=> let #tie = #judged.lent(#number);)
            } else {
                let codec = names::codec(span);
                quote_spanned!(span=> let #tie = #judged.tie(#codec, #number);)
            }
        });
    }
    let waits = machine.waits().map(|(point, _)| point);
    // What is behind a `return` is an operand nowhere, and has no type.
    let forks = machine.states.iter().filter_map(|(_, state)| state.fork);
    let operands = forks.flat_map(|fork| &fork.operands);
    for point in waits.chain(operands.map(|operand| operand.point)) {
        if matches!(machine.plain.points[point].role, Role::Fork | Role::Block) {
            continue;
        }
        let (tie, span) = (names::op_tie(point), machine.plain.points[point].op_span);
        let runtime = names::runtime_as_written(span);
        ties.extend(quote_spanned!(span=> let #tie = #runtime::Op::AWAITED;));
    }
    ties
}

/// Asks, where all types are known, whether what is kept has an order.
fn ordered(flow: &Flow, machine: &Machine<'_>, handed: &BTreeSet<LocalId>) -> TokenStream {
    if flow.args.allows("unordered_collections") {
        return TokenStream::new();
    }
    let plain = machine.plain;
    let asks = handed.intersection(&plain.unseen).map(|local| {
        let (tie, span) = (names::tie(*local), plain.locals[*local].ident.span());
        let tie = names::known(Span::call_site(), &tie);
        quote_spanned!(span=> #[warn(deprecated)] (&#tie).kept();)
    });
    let (asks, runtime) = (
        asks.collect::<TokenStream>(),
        names::runtime(flow.ident.span()),
    );
    let asks =
        (!asks.is_empty()).then(|| quote!(use #runtime::{Ordered as _, Unordered as _}; #asks));
    asks.unwrap_or_default()
}

/// The states of the flow's own machine, or of a nested one: they go on until
/// one of them waits.
pub(super) fn states(machine: &Machine<'_>, block: Option<BlockId>) -> TokenStream {
    let (runtime, state) = (names::runtime(Span::call_site()), names::ident("state"));
    let (label, slots) = (names::machine_label(), slots(machine, block));
    let arms = machine.order_of(block).map(|id| arm(machine, id));
    quote! {
        #slots
        #label: loop {
            match #state {
                #(#arms)*
                _ => break #label,
            }
        }
        match #runtime::stop().await {}
    }
}

/// What values pass through between the states of a machine.
fn slots(machine: &Machine<'_>, block: Option<BlockId>) -> TokenStream {
    let slotted = machine.order_of(block);
    let slotted = slotted.filter(|id| !machine.states[*id].slotted().is_empty());
    slotted
        .map(|id| {
            let (slot, none) = (names::slot(id), quote!(::core::option::Option::None));
            quote!(let mut #slot = #none;)
        })
        .collect()
}

fn arm(machine: &Machine<'_>, id: StateId) -> TokenStream {
    let state = &machine.states[id];
    let number = transfer::number(machine, state.entry);
    let mut writer = Writer::new(machine, state);
    let entry = writer.entry(id);
    let code = writer.code();
    // What a block shares with the flow is declared around its states.
    let near = state.block().is_none().then_some(&machine.plain.near);
    let near = near.into_iter().flatten();
    quote!(#number => { #(let #near: ();)* #entry #code })
}
