//! The pipeline of `#[flow]`, one line a pass.

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::{Source, catalog};
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::gone;
use crate::{
    check, desugar, emit, fallback, fork, graph, live, machine, methods, parse, restart, unawaited,
    unmarked,
};

/// Expands the flow that stands at `source`.
pub(crate) fn flow(args: TokenStream, item: TokenStream, source: &Source) -> TokenStream {
    if let Some(block) = methods::flows(&args, &item) {
        return block;
    }
    let mut diag = Diagnostics::new();
    let Some(mut flow) = parse::flow(args, item.clone(), &mut diag) else {
        return fallback::unparsed(&item, diag);
    };
    fork::open(&mut flow.body);
    restart::ends(&mut flow.body);
    unmarked::hush(&mut flow.body, source);
    if diag.is_empty() && source.is_method(&flow.ident) {
        diag.refuse(&flow.ident, catalog::SELF_FLOW);
    }
    let has_signature = diag.is_empty();
    let is_checked = check::flow(&flow, source, &mut diag);
    if !has_signature {
        return fallback::refused(parse::unmarked(item), diag);
    }
    unawaited::show(&mut flow.body, source);
    gone::show(&mut flow.body, flow.params.iter().map(|param| &param.ident));
    let is_refused = !diag.is_empty();
    let told = diag.finish();
    if !is_refused {
        let flow = compiled(&flow);
        return quote!(#told #flow);
    }
    let mut shown = emit::beside_errors(&flow);
    if !is_checked {
        // Rustc would tell of the errors again.
        shown = fallback::shown_to_editors(&shown);
    }
    let flow = compiled(&fallback::without_body(flow));
    quote!(#told #shown #flow)
}

/// Compiles a flow that passed gate 1.
fn compiled(flow: &Flow) -> TokenStream {
    let plain = desugar::flow(flow);
    let graph = graph::build(&plain);
    let live = live::solve(&graph);
    let machine = machine::assemble(&plain, &graph, &live);
    emit::item(flow, &machine)
}
