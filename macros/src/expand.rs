//! The pipeline of `#[flow]`, one line a pass.

use proc_macro2::TokenStream;

use crate::check::Source;
use crate::diag::Diagnostics;
use crate::{check, desugar, emit, fallback, graph, live, machine, parse};

/// Expands the flow that stands at `source`.
pub(crate) fn flow(args: TokenStream, item: TokenStream, source: &Source) -> TokenStream {
    let mut diag = Diagnostics::new();
    let Some(flow) = parse::flow(args, item.clone(), &mut diag) else {
        return fallback::unparsed(&item, diag);
    };
    check::flow(&flow, source, &mut diag);
    if !diag.is_empty() {
        return fallback::refused(item, diag);
    }
    let plain = desugar::flow(&flow);
    let graph = graph::build(&plain);
    let live = live::solve(&graph);
    let machine = machine::assemble(&plain, &graph, &live);
    diag.finish();
    emit::item(&flow, &machine)
}
