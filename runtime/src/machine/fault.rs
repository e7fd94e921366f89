//! Why a machine could not take a step. The turn parks the instance with it.

use crate::codec::{DecodeError, EncodeError};

/// A reason for which a flow cannot go on from its frame.
///
/// The frame is untouched: after the cause is mended the same step is tried
/// again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A kept local could not be encoded.
    #[error("`{local}` of {flow} could not be stored in the step after `{label}`: {source}")]
    EncodeLocal {
        /// The flow.
        flow: &'static str,
        /// The state that the step went on from.
        label: String,
        /// The local's stored name.
        local: &'static str,
        /// What its `Serialize` said.
        source: EncodeError,
    },
    /// A stored local does not decode into the type the code has now.
    #[error(
        "`{local}` as stored in {flow}::{label} cannot be read back: {source}; \
         give its type a form that reads the old one (`#[serde(default)]`, `#[serde(alias)]`)"
    )]
    DecodeLocal {
        /// The flow.
        flow: &'static str,
        /// The state in which the flow waited.
        label: String,
        /// The local's stored name.
        local: &'static str,
        /// What its `Deserialize` said.
        source: DecodeError,
    },
    /// The code needs a local that the frame does not hold.
    #[error(
        "{flow}::{label} needs `{local}`, which was not stored by the code that waited there; \
         if it was renamed, give it its old name, else make it behind that `.await`, or run the \
         old code until this instance has passed it; then retry"
    )]
    MissingLocal {
        /// The flow.
        flow: &'static str,
        /// The state in which the flow waited.
        label: String,
        /// The local's stored name.
        local: &'static str,
    },
    /// The code has no state of that label.
    #[error(
        "{flow} waits at `{label}`, which its code no longer has; \
         bring the `.await` back, or give the new one `.label(\"{label}\")`"
    )]
    UnknownLabel {
        /// The flow.
        flow: &'static str,
        /// The label in the frame.
        label: String,
    },
    /// A numbered label or local cannot be trusted, because the code changed.
    #[error(
        "{flow} waits at `{label}`; its code has changed since, and the number in `{name}` no \
         longer says which one is meant; bring the old code back, or give explicit labels"
    )]
    Ambiguous {
        /// The flow.
        flow: &'static str,
        /// The label in the frame.
        label: String,
        /// The numbered name.
        name: String,
    },
    /// The frame is of another version of the flow.
    #[error("{flow} was stored by version {stored} of its code, this is version {code}")]
    Version {
        /// The flow.
        flow: &'static str,
        /// The version in the frame.
        stored: u32,
        /// The version of the code.
        code: u32,
    },
    /// The bytes are no frame.
    #[error("the stored frame of {flow} is damaged: {what}")]
    DamagedFrame {
        /// The flow.
        flow: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// What a leaf brought does not decode into the type awaited.
    #[error(
        "the outcome of {flow}::{label} cannot be read: {source}; \
         give its type a form that reads the old one (`#[serde(default)]`, `#[serde(alias)]`), \
         then retry"
    )]
    DecodeOutcome {
        /// The flow.
        flow: &'static str,
        /// The state.
        label: &'static str,
        /// What the type's `Deserialize` said.
        source: DecodeError,
    },
    /// What a leaf brought is of another kind than what is awaited.
    #[error("{flow}::{label} waits for {expected}, but another kind of outcome came")]
    WrongOutcome {
        /// The flow.
        flow: &'static str,
        /// The state.
        label: &'static str,
        /// What it waits for.
        expected: &'static str,
    },
    /// The arguments of a call could not be encoded.
    #[error("the arguments of `{callee}` could not be encoded: {source}")]
    EncodeArguments {
        /// What was called.
        callee: &'static str,
        /// What the argument's `Serialize` said.
        source: EncodeError,
    },
    /// The result of the flow could not be encoded.
    #[error("the result of {flow} could not be encoded: {source}")]
    EncodeResult {
        /// The flow.
        flow: &'static str,
        /// What the result's `Serialize` said.
        source: EncodeError,
    },
}
