//! Functions that call flows, by which a flow can be named whose type has no
//! name of its own: a method.

use super::FlowCall;
use crate::machine::{FlowDef, Machine};

/// A function that calls a flow, with arguments of the types `A`.
pub trait Calls<A> {
    /// The flow.
    const FLOW: FlowDef;
}

macro_rules! calls {
    ($(($($argument:ident),*))+) => {$(
        impl<F, M: Machine, $($argument),*> Calls<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> FlowCall<M>,
        {
            const FLOW: FlowDef = FlowDef::of::<M>();
        }
    )+};
}

calls! {
    ()
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, G)
    (A, B, C, D, E, G, H)
    (A, B, C, D, E, G, H, I)
}

/// The flow that a function calls.
#[must_use]
pub const fn called<A, F: Calls<A> + Copy>(_: F) -> FlowDef {
    F::FLOW
}
