//! What an attempt of an action came to.
//!
//! In: nothing; plain data. The engine reads it and decides what follows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::codec::{DecodeError, EncodeError};
use crate::payload::Payload;
use crate::report::debug_as_text;

/// What one attempt came to.
#[derive(Debug)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// It returned a value, or `Ok`.
    Returned(Payload),
    /// It returned `Err`.
    Failed {
        /// The encoded return value.
        payload: Payload,
        /// Whether another attempt may help: what `retry_if` said, else true.
        retry: bool,
    },
    /// Its arguments could not be decoded.
    BadArguments {
        /// The parameter.
        parameter: &'static str,
        /// Why; `None` when the argument is missing.
        source: Option<DecodeError>,
    },
    /// Its return value could not be encoded.
    BadResult(EncodeError),
    /// A dependency is missing.
    MissingDep(super::MissingDep),
}

debug_as_text!(ActionFailure);

/// A failure of an action that has no `Err` of the action's own.
///
/// An action whose error type is `From<ActionFailure>` gives it to the flow
/// when its attempts are used up; else the instance is parked.
///
/// `{:?}` gives its text, since a `main` that returns it prints that.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ActionFailure {
    /// The last attempt took longer than `timeout`.
    #[error("the attempt took longer than {limit:?}")]
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The last attempt gave no heartbeat for longer than `heartbeat`.
    #[error("the attempt gave no heartbeat for {limit:?}")]
    HeartbeatMissed {
        /// The limit.
        limit: Duration,
    },
    /// All attempts together took longer than `total_timeout`.
    #[error("the attempts together took longer than {limit:?}")]
    TotalTimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The last attempt panicked.
    #[error("the attempt panicked: {message}")]
    Panicked {
        /// The panic's message.
        message: String,
    },
    /// The process ended during the attempt of an action that runs at most once, or the
    /// engine stopped: nobody knows whether it did what it does.
    #[error("the process ended during the attempt")]
    Interrupted,
}
