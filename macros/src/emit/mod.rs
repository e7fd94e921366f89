//! `Machine` to tokens. No decisions are made here, and what needs no types
//! of the user is a function of the runtime, not spelled out.

mod binding;
mod definition;
mod fork;
mod generics;
mod lasting;
mod outline;
mod parts;
mod pristine;
mod refill;
mod reopen;
mod scope;
mod spares;
mod state;
mod transfer;
mod writer;

use proc_macro2::TokenStream;

use crate::machine::Machine;
use crate::model::Flow;

/// All items that a flow becomes.
pub(crate) fn item(flow: &Flow, machine: &Machine<'_>) -> TokenStream {
    definition::items(flow, machine)
}
