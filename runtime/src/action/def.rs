//! An action as the engine knows it: found by name, its types erased.

use std::any::TypeId;
use std::pin::Pin;

use super::outcome::{ActionFailure, AttemptOutcome};
use super::{ActionCx, Deps, Policy};
use crate::payload::{Fields, Payload};

/// A running attempt.
pub type RunFuture = Pin<Box<dyn Future<Output = AttemptOutcome> + Send>>;

/// What `#[action]` registers.
#[derive(Debug, Clone, Copy)]
pub struct ActionDef {
    /// The action's name, unique in a program.
    pub name: &'static str,
    /// The source file that holds it.
    pub file: &'static str,
    /// The line of its name.
    pub line: u32,
    /// When its attempts end and are repeated.
    pub policy: Policy,
    /// What it needs.
    pub deps: fn() -> Vec<DepDef>,
    /// Decodes the arguments and runs one attempt.
    pub run: fn(&Deps, ActionCx, &Fields) -> RunFuture,
    /// The encoded `Err` that stands for a failure without a value of the
    /// action's own, if its error type is `From<ActionFailure>`.
    pub failed: fn(ActionFailure) -> Option<Payload>,
}

/// A dependency of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepDef {
    /// The type.
    pub id: TypeId,
    /// Its name, for messages.
    pub type_name: &'static str,
}

impl DepDef {
    /// The dependency on a `T`.
    #[must_use]
    pub fn of<T: 'static>() -> Self {
        Self {
            id: TypeId::of::<T>(),
            type_name: std::any::type_name::<T>(),
        }
    }
}
