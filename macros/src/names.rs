//! Every identifier and path that generated code may say.
//!
//! Ours begin with `__flow_` and have mixed-site hygiene, so that no name of
//! the user's can meet them. The runtime is entered by one door.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Lifetime;

use crate::ids::{ConstructId, Id, LocalId, PointId, StateId};

/// The name of the door where it is open.
const RUNTIME: &str = "__flow_rt";

/// `::flowstone::__private`, with the hygiene of the call site: a crate may be
/// renamed by `extern crate`, not by a local of the user.
pub(crate) fn door(span: Span) -> TokenStream {
    quote_spanned!(span.resolved_at(Span::call_site())=> ::flowstone::__private)
}

/// Gives the door the name [`runtime`], behind which all else of a flow stands: it is
/// named several times for each await, and rustc reads each token.
pub(crate) fn opened(span: Span) -> TokenStream {
    let (door, runtime) = (door(span), runtime(span));
    quote_spanned!(span.resolved_at(Span::call_site())=> use #door as #runtime;)
}

/// The door, where it is open.
pub(crate) fn runtime(span: Span) -> Ident {
    Ident::new(RUNTIME, span.resolved_at(Span::call_site()))
}

/// The same as if the user had written it: where generated code stands for
/// theirs, rustc shows theirs.
pub(crate) fn runtime_as_written(span: Span) -> Ident {
    Ident::new(RUNTIME, span)
}

/// The plain copy of a flow.
pub(crate) fn plain() -> Ident {
    ident("plain")
}

/// The trait that has the plain copy of a method.
pub(crate) fn methods() -> Ident {
    ident("methods")
}

/// `value`, which has no type if the plain copy of the flow has an error; of what has no
/// type rustc says nothing. For what it would say in other words than of the copy.
pub(crate) fn known(span: Span, value: &impl ToTokens) -> TokenStream {
    let types = ident("types");
    quote_spanned!(span=> #types.known(#value))
}

/// The demand of a local's type that it can be stored.
pub(crate) fn codec(span: Span) -> TokenStream {
    demanded(span, &quote_spanned!(span=> Kept>::CODEC))
}

/// `<_ as Trait>::CONST` behind the door: of what does not meet it rustc speaks at `span`.
pub(crate) fn demanded(span: Span, demand: &TokenStream) -> TokenStream {
    let runtime = runtime_as_written(span);
    // What begins where it is spoken of rustc would have borrowed there.
    let demanded = quote_spanned!(span=> _ as #runtime::#demand);
    quote_spanned!(Span::call_site()=> <#demanded)
}

/// A name of ours.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(&format!("__flow_{name}"), Span::mixed_site())
}

/// `Option::Some`, by a name that is short to read and to write.
pub(crate) fn some() -> Ident {
    ident("some")
}

/// The variable that holds a temporary.
pub(crate) fn temp(number: usize, span: Span) -> Ident {
    Ident::new(&format!("__flow_t{number}"), span)
}

/// The variable that holds a restored local until its scope is opened again.
pub(crate) fn restored(local: LocalId) -> Ident {
    ident(&format!("l{}", local.index()))
}

/// The variable that holds what is there of a local in parts, where its own name
/// means something else.
pub(crate) fn built(local: LocalId) -> Ident {
    ident(&format!("b{}", local.index()))
}

/// The variable with what fills a part of a local that was moved away.
pub(crate) fn spare(part: LocalId) -> Ident {
    ident(&format!("z{}", part.index()))
}

/// The struct that stands for a local of which only parts are there.
pub(crate) fn shape(root: LocalId, at: &str) -> Ident {
    let (root, at) = (root.index(), at.replace('.', "_"));
    let name = if at.is_empty() {
        format!("s{root}")
    } else {
        format!("s{root}_{at}")
    };
    ident(&name)
}

/// The variable from which a state borrows a local.
pub(crate) fn held(local: LocalId) -> Ident {
    ident(&format!("h{}", local.index()))
}

/// The variable that lies between that one and the local.
pub(crate) fn open(local: LocalId) -> Ident {
    ident(&format!("g{}", local.index()))
}

/// The variable that asks for the form of a local. Of what cannot be stored rustc
/// speaks at the local itself, so it stands there as if the user had written it.
pub(crate) fn asked(local: LocalId, span: Span) -> Ident {
    let mut asked = ident(&format!("a{}", local.index()));
    asked.set_span(span);
    asked
}

/// What a guard looks at instead of a binding of its pattern that hides what is matched.
pub(crate) fn looked_at(bound: &Ident) -> Ident {
    let mut name = ident(&format!("g_{}", syn::ext::IdentExt::unraw(bound)));
    name.set_span(name.span().located_at(bound.span()));
    name
}

/// The tie of a local.
pub(crate) fn tie(local: LocalId) -> Ident {
    ident(&format!("y{}", local.index()))
}

/// The constant with the tie of an argument.
pub(crate) fn argument(number: usize) -> Ident {
    Ident::new(&format!("__FLOW_ARGUMENT_{number}"), Span::call_site())
}

/// The tie of an awaited operation.
pub(crate) fn op_tie(point: PointId) -> Ident {
    ident(&format!("o{}", point.index()))
}

/// The slot in which a state that is entered without waiting finds its locals.
pub(crate) fn slot(state: StateId) -> Ident {
    ident(&format!("j{}", state.index()))
}

/// The label that leaves the machine's loop.
pub(crate) fn machine_label() -> Lifetime {
    label("m")
}

/// The label that leaves a construct.
pub(crate) fn break_label(construct: ConstructId) -> Lifetime {
    label(&format!("b{}", construct.index()))
}

/// The label of code that hides a local which is needed behind it.
pub(crate) fn way_label(number: usize) -> Lifetime {
    label(&format!("e{number}"))
}

/// The label that ends one round of a loop.
pub(crate) fn continue_label(construct: ConstructId) -> Lifetime {
    label(&format!("c{}", construct.index()))
}

fn label(name: &str) -> Lifetime {
    Lifetime::new(&format!("'__flow_{name}"), Span::mixed_site())
}
