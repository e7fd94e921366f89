//! `Machine` to tokens. No decisions are made here, and what needs no types
//! of the user is a function of the runtime, not spelled out.

mod binding;
mod copied;
mod definition;
mod fork;
mod generics;
mod kept;
mod lasting;
mod outcome;
mod outline;
mod parts;
mod pristine;
mod receiver;
mod refill;
mod reopen;
mod restore;
mod scope;
mod spares;
mod state;
mod transfer;
mod typed;
mod whole;
mod writer;

use proc_macro2::TokenStream;

use quote::quote;

use self::lasting::Lasting;
use crate::machine::Machine;
use crate::model::Flow;
use crate::names;

/// The plain copy of a flow whose body is refused: beside its errors rustc tells what
/// else is wrong, and which imports are used.
pub(crate) fn beside_errors(flow: &Flow) -> TokenStream {
    let copy = pristine::copy(flow, &Lasting::default());
    let opened = names::opened(flow.ident.span());
    quote!(const _: () = { #opened #copy };)
}

/// All items that a flow becomes.
pub(crate) fn item(flow: &Flow, machine: &Machine<'_>) -> TokenStream {
    definition::items(flow, machine)
}
