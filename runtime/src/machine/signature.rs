//! What a flow takes and returns, and what operands come to: demanded to be
//! storable in one place each, so that a mistake is told once, where it is.

use super::ties::Tie;
use crate::codec;
use crate::durable::Durable;
use crate::payload::Payload;

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
pub trait FlowArgument: Durable {}

#[diagnostic::do_not_recommend]
impl<T: Durable> FlowArgument for T {}

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
pub trait FlowResult: Durable {}

#[diagnostic::do_not_recommend]
impl<T: Durable> FlowResult for T {}

/// The tie of the argument of this number.
#[must_use]
pub const fn flow_argument<T: FlowArgument>(local: u16) -> Tie<T> {
    durable(local)
}

/// The tie of the result of a flow that returns no `Result`.
#[must_use]
pub const fn flow_result<T: FlowResult>() -> Tie<T> {
    durable(0)
}

/// The tie of what an operand of a `join!` comes to; the only place that
/// demands it to be stored.
#[must_use]
pub const fn output<T: OperandOutput>() -> Tie<T> {
    durable(0)
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
pub trait OperandOutput: Durable {}

#[diagnostic::do_not_recommend]
impl<T: Durable> OperandOutput for T {}

const fn durable<T: Durable>(local: u16) -> Tie<T> {
    Tie {
        local,
        encode: Payload::encode,
        decode: Payload::decode,
        failed: codec::is_err,
    }
}
