//! What a flow takes and returns, and what operands come to: demanded to be
//! storable in one place each, so that a mistake is told once, where it is.

use super::ties::{Tie, tie};
use crate::codec;
use crate::durable::{Durable, Kept};

/// A value that a flow can take.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a flow",
    label = "cannot be stored",
    note = "the arguments of a flow are stored before it starts, so that it is not lost in a crash; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`",
    note = "what is not data, such as a client or a pool, an `#[action]` takes as a `Dep<..>` that the engine provides"
)]
pub trait FlowArgument: Sized {
    /// How it is stored.
    #[doc(hidden)]
    const TIE: Tie<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> FlowArgument for T {
    const TIE: Tie<T> = durable();
}

/// A value that a flow can return.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of a flow",
    label = "cannot be stored",
    note = "the result of a flow is stored, so that it can be read after the flow has ended; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`",
    note = "an `Err` is stored as well: instead of `Box<dyn Error>`, `std::io::Error` and the like, use an \
            enum or a struct of your own"
)]
pub trait FlowResult: Sized {
    /// How it is stored.
    #[doc(hidden)]
    const TIE: Tie<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> FlowResult for T {
    const TIE: Tie<T> = durable();
}

/// What an operand of a `join!` may come to.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what an operand of `flow::join!` comes to",
    label = "comes to a `{Self}`, which cannot be stored",
    note = "what ends first is stored until all have ended; for a type of your own derive `serde::Serialize` and \
            `serde::Deserialize`, or let an `async` block end with something else"
)]
pub trait OperandOutput: Sized {
    /// How it is stored.
    #[doc(hidden)]
    const TIE: Tie<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> OperandOutput for T {
    const TIE: Tie<T> = durable();
}

const fn durable<T: Durable>() -> Tie<T> {
    Tie {
        failed: codec::is_err,
        ..tie(T::CODEC, 0)
    }
}
