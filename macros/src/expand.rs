//! The pipeline of `#[flow]`, one line a pass.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::Source;
use crate::diag::Diagnostics;
use crate::machine::Machine;
use crate::model::Flow;
use crate::{check, desugar, emit, fallback, graph, live, machine, parse};

/// Expands the flow that stands at `source`.
pub(crate) fn flow(args: TokenStream, item: TokenStream, source: &Source) -> TokenStream {
    let mut diag = Diagnostics::new();
    let Some(flow) = parse::flow(args, item.clone(), &mut diag) else {
        return fallback::unparsed(&item, diag);
    };
    let has_signature = diag.is_empty();
    check::flow(&flow, source, &mut diag);
    if !has_signature {
        return fallback::refused(item, diag);
    }
    let is_refused = !diag.is_empty();
    let errors = diag.finish();
    if !is_refused {
        return compiled(&flow);
    }
    let flow = compiled(&fallback::without_body(flow));
    quote!(#errors #flow)
}

/// Compiles a flow that passed gate 1.
fn compiled(flow: &Flow) -> TokenStream {
    let emitted = |machine: &Machine<'_>| emit::item(flow, machine);
    with_machine(flow, &BTreeSet::new(), |machine| {
        let torn = machine.torn();
        if torn.is_empty() {
            emitted(machine)
        } else {
            with_machine(flow, &torn, emitted)
        }
    })
}

/// Makes the machine of a flow of whose locals `whole` are not taken apart.
fn with_machine<T>(
    flow: &Flow,
    whole: &BTreeSet<String>,
    then: impl FnOnce(&Machine<'_>) -> T,
) -> T {
    let plain = desugar::flow(flow, whole);
    let graph = graph::build(&plain);
    let live = live::solve(&graph);
    then(&machine::assemble(&plain, &graph, &live))
}
