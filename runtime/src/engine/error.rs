//! Why an engine cannot start or stop, and why it refuses a command.

use std::sync::Arc;

use crate::record::{ParkReason, Status};
use crate::registry::Duplicate;
use crate::report::debug_as_text;
use crate::store::StoreError;

debug_as_text!(OpenError, ShutdownError);

/// Why an engine cannot be opened.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Neither a path nor a store was given.
    #[error("no store was given; call `path(..)`, `store(..)` or `in_memory()` on the builder")]
    NoStore,
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Two flows or two actions have one name.
    #[error(transparent)]
    Duplicate(#[from] Duplicate),
    /// Actions need values that nobody provided.
    #[error(
        "nobody provided {}; give each with `Engine::builder().provide(value)`",
        listed(missing)
    )]
    MissingDependencies {
        /// All of them.
        missing: Vec<MissingDependency>,
    },
    /// The system refused a thread or a runtime.
    #[error("the system refused a thread: {0}")]
    Thread(#[source] std::io::Error),
}

/// A value that nobody provided.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingDependency {
    /// Its type.
    pub type_name: &'static str,
    /// The actions that need it: name, file, and line.
    pub actions: Vec<(&'static str, &'static str, u32)>,
}

fn listed(missing: &[MissingDependency]) -> String {
    let each = missing.iter().map(|dependency| {
        let actions = dependency.actions.iter();
        let actions = actions.map(|(name, file, line)| format!("`{name}` ({file}:{line})"));
        let actions = actions.collect::<Vec<String>>().join(", ");
        format!("a `{}`, needed by {actions}", dependency.type_name)
    });
    each.collect::<Vec<String>>().join(", nor ")
}

impl OpenError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_retryable(),
            Self::Thread(_) => true,
            Self::NoStore | Self::Duplicate(_) | Self::MissingDependencies { .. } => false,
        }
    }
}

/// Why a shutdown was not in order.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ShutdownError {
    /// The engine had stopped before.
    #[error("the engine had stopped before")]
    Stopped,
    /// The last writes failed; the next opening goes on as after a crash.
    #[error("the store could not be closed in order: {0}; the next opening recovers")]
    Store(#[source] Arc<StoreError>),
}

impl ShutdownError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        false
    }
}

/// Why the turn thread refuses a command; the client makes it an error of the
/// command's own family.
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    /// The engine has stopped or is about to.
    Stopped,
    /// The store failed; whether the command took effect is not known.
    Store(Arc<StoreError>),
    /// No instance has the id.
    Unknown,
    /// The instance has ended.
    Ended,
    /// The id is taken.
    InUse,
    /// The instance is not parked.
    NotParked(Status),
    /// The instance is parked with something else than a message.
    NoMessage(Box<ParkReason>),
    /// The instance is neither finished nor parked.
    Live(Status),
    /// The id belongs to an instance of another flow.
    OtherFlow(Arc<str>),
    /// The id belongs to an instance with another argument of this name.
    OtherArgument {
        /// The parameter.
        name: String,
        /// Its stored value as JSON.
        stored: String,
        /// The value of the call as JSON.
        given: String,
    },
}
