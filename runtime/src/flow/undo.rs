//! What a flow says is to be undone if it fails.

use std::any::{TypeId, type_name};
use std::sync::Arc;

use super::{Aside, FlowCall, ambient};
use crate::action::{Action, ActionCall};
use crate::machine::{ActionRequest, Fault, Machine};
use crate::payload::Fields;

/// What can undo a step: the call of an action or of a flow.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot undo a step",
    label = "this is no call of an action or a flow",
    note = "`flow::on_failure` takes a call that is not awaited: `flow::on_failure(refund(receipt))`"
)]
pub trait Undoes {
    #[doc(hidden)]
    fn undo(self) -> Result<Undoing, Fault>;
}

/// A call that undoes a step, as the flow said it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub enum Undoing {
    /// Of an action.
    Action(Arc<ActionRequest>),
    /// Of a flow.
    Flow {
        /// The type of its machine.
        machine: TypeId,
        /// That type, for people.
        types: &'static str,
        /// What it is called with.
        arguments: Fields,
    },
}

impl<A: Action> Undoes for ActionCall<A> {
    fn undo(self) -> Result<Undoing, Fault> {
        Ok(Undoing::Action(Arc::new(self.request()?)))
    }
}

impl<M: Machine> Undoes for FlowCall<M> {
    fn undo(self) -> Result<Undoing, Fault> {
        Ok(Undoing::Flow {
            machine: TypeId::of::<M>(),
            types: type_name::<M>(),
            arguments: self.arguments()?,
        })
    }
}

/// Says what undoes a step that was done: this call of an action or of a flow is made if
/// the instance later ends in an `Err`, is cancelled, or is terminated with undo.
///
/// What was said last is called first. An action is tried as its policy says, under an
/// idempotency key of its own; a flow runs as a child. One that fails in the end (a flow
/// that returns an `Err`, or is cancelled) parks the instance with the rest of the list
/// intact, and `retry` tries it again. The instance ends, with the result that it had,
/// once all is undone. The list belongs to the instance, also where a flow that it awaits
/// said it: an `Err` that the instance's flow handles undoes nothing.
///
/// What is said behind an `.await` is never said if the action is given up there, by the
/// loser of a race, a [`timeout`](super::timeout), a
/// [`try_join_all`](super::try_join_all) or a cancel, although it may have touched the
/// world. [`shield`](super::shield) such a call, or say before it how it is undone, by a
/// key that the flow knows. Let undoing try for ever: attempts that crashes cut off count.
///
/// # Panics
///
/// Outside a flow.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn charge(cents: u64) -> u64 {
///     cents + 1
/// }
///
/// #[action]
/// async fn refund(receipt: u64) {
///     # let _ = receipt;
/// }
///
/// #[flow]
/// async fn buy(cents: u64) -> Result<u64, String> {
///     let receipt = charge(cents).await;
///     flow::on_failure(refund(receipt));
///     if cents > 100 {
///         return Err("too expensive".to_owned()); // refunds
///     }
///     flow::keep(); // from here on nothing is refunded
///     Ok(receipt)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("a", buy(7)).await?, Ok(8));
/// assert!(engine.run("b", buy(700)).await?.is_err());
/// let journal = engine.journal("b").await?;
/// assert!(journal.iter().any(|entry| entry.to_string().contains("`refund`")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn on_failure(call: impl Undoes) {
    ambient::say(match call.undo() {
        Ok(undoing) => Aside::OnFailure(undoing),
        Err(fault) => Aside::Unsaid {
            problem: fault.to_string(),
        },
    });
}

/// Forgets all that was said by [`on_failure`]: what was done stays.
///
/// # Panics
///
/// Outside a flow.
pub fn keep() {
    ambient::say(Aside::Keep);
}
