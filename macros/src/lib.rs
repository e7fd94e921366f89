//! The compiler of Flowstone: `#[flow]` and `#[action]`.
//!
//! Users depend on the crate `flowstone`, which re-exports both.

mod check;
mod desugar;
mod diag;
mod emit;
mod expand;
mod fallback;
mod graph;
mod ids;
mod live;
mod machine;
mod model;
mod names;
mod parse;
mod syntax;

use proc_macro::TokenStream;

/// Compiles an `async fn` into a durable, resumable state machine.
#[proc_macro_attribute]
pub fn flow(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::flow(args.into(), item.into()).into()
}
