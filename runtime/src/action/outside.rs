//! What an action asks of the engine that runs it: to send messages and start flows.

use std::any::TypeId;
use std::fmt::Debug;
use std::pin::Pin;

use crate::ids::InstanceId;
use crate::machine::SendError;
use crate::payload::{Fields, Payload};

/// Why an action could not send a message or start a flow.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutsideError {
    /// No instance has the id, or it has ended.
    #[error(transparent)]
    NotSent(#[from] SendError),
    /// The id belongs to another call.
    #[error("`{id}` is the id of an instance of another flow, or with other arguments")]
    IdTaken {
        /// The id.
        id: InstanceId,
    },
    /// The value cannot be stored, the id is none, or the flow is not registered.
    #[error("{problem}")]
    Unusable {
        /// What is wrong.
        problem: String,
    },
    /// The engine has stopped, or its store failed: whether it took effect is not
    /// known. Doing it again in another attempt is harmless.
    #[error("the engine cannot do it now: {problem}")]
    Unavailable {
        /// What is wrong.
        problem: String,
    },
}

crate::report::debug_as_text!(OutsideError);

type Answer = Pin<Box<dyn Future<Output = Result<(), OutsideError>> + Send>>;

/// The engine, as an attempt sees it.
pub(crate) trait Outside: Debug + Send + Sync {
    fn send(
        &self,
        to: InstanceId,
        channel: &'static str,
        message: Payload,
        message_id: String,
    ) -> Answer;

    fn start(&self, id: InstanceId, machine: TypeId, arguments: Fields) -> Answer;
}
