//! What a flow asks of the engine that is answered at once, without waiting for the
//! world.

use std::any::TypeId;

use serde::{Deserialize, Serialize};

use crate::ids::{DataKey, InstanceId};
use crate::payload::{Fields, Payload};
use crate::report::debug_as_text;

debug_as_text!(SendError);

/// Something for the engine to do or to look up, in the transaction of the step.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Send a message to another instance. The answer is a `Result<(), SendError>`.
    Message {
        /// The instance.
        to: InstanceId,
        /// The channel's name.
        channel: String,
        /// The message.
        message: Payload,
    },
    /// Take the messages of a channel that are there. The answer is a list of them.
    Take {
        /// The channel's name.
        channel: String,
        /// At most so many.
        most: u64,
    },
    /// Read a value that the flow put. The answer is a list of it, or of nothing.
    Get {
        /// Which value.
        name: DataKey,
    },
}

/// To begin the instance again.
#[derive(Debug, Clone, PartialEq)]
pub struct Restart {
    /// The type of the machine that is called: the flow's own.
    pub machine: TypeId,
    /// That type, for people.
    pub types: &'static str,
    /// What it is called with.
    pub arguments: Fields,
}

/// Why a flow's message to another instance was not taken.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SendError {
    /// No instance has the id.
    #[error("there is no instance `{id}`; start it before sending to it")]
    Unknown {
        /// The id.
        id: InstanceId,
    },
    /// The instance has ended and takes no messages.
    #[error("`{id}` has ended; the message was not taken")]
    Ended {
        /// The id.
        id: InstanceId,
    },
}
