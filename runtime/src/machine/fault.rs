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
    #[error(
        "`{local}` of {flow} could not be stored in the step after `{label}`: {source}; \
         mend how its type is serialized, then retry"
    )]
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
         give its type the old form back, or one that reads it (`#[serde(default)]` for a new \
         field, `#[serde(alias)]` for a new name), then retry"
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
         bring the `.await` back, or give the new one `.label(\"{label}\")`, then retry"
    )]
    UnknownLabel {
        /// The flow.
        flow: &'static str,
        /// The label in the frame.
        label: String,
    },
    /// Which `.await` a label means cannot be told, because the code changed.
    #[error(
        "{flow} waits at `{label}`, and its code has changed since: {}; bring the old code back, \
         or give the `.await` that is meant `.label(\"{label}\")`, then retry",
        counted(*then, *now)
    )]
    AmbiguousLabel {
        /// The flow.
        flow: &'static str,
        /// The label in the frame.
        label: String,
        /// How many awaits of the same callee there were; 0 if the label was
        /// given in the source.
        then: u16,
        /// How many there are.
        now: u16,
    },
    /// A numbered local cannot be trusted, because the code changed.
    #[error(
        "{flow} waits at `{label}`, and its code has changed since: the number in `{local}` no \
         longer says which local is meant; bring the old code back until this instance has \
         passed it, then retry"
    )]
    AmbiguousLocal {
        /// The flow.
        flow: &'static str,
        /// The label in the frame.
        label: String,
        /// The local's stored name.
        local: &'static str,
    },
    /// The frame is of another version of the flow.
    #[error(
        "{flow} was stored by version {stored} of its code, this is version {code}; \
         call the one of `#[flow(version = {stored})]` until this instance has passed it, then \
         retry"
    )]
    Version {
        /// The flow.
        flow: &'static str,
        /// The version in the frame.
        stored: u32,
        /// The version of the code.
        code: u32,
    },
    /// The bytes are no frame.
    #[error(
        "the stored frame of {flow} is damaged: {what}; put a copy of the file in its place, then \
         retry, or remove the instance with `delete`"
    )]
    DamagedFrame {
        /// The flow.
        flow: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// What a leaf brought does not decode into the type awaited.
    #[error(
        "the outcome of {flow}::{label} cannot be read: {source}; \
         give its type the old form back, or one that reads it (`#[serde(default)]` for a new \
         field, `#[serde(alias)]` for a new name), then retry"
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
    #[error(
        "{flow}::{label} waits for {expected}, but something else was waited for there; \
         give the new `.await` another label and bring the old one back, then retry"
    )]
    WrongOutcome {
        /// The flow.
        flow: &'static str,
        /// The state.
        label: &'static str,
        /// What it waits for.
        expected: &'static str,
    },
    /// What an operand of a `join!` came to could not be encoded.
    #[error(
        "what `{label}` of {flow} came to could not be stored: {source}; mend how its type is \
         serialized, then retry"
    )]
    EncodeOutcome {
        /// The flow.
        flow: &'static str,
        /// The operand.
        label: &'static str,
        /// What its `Serialize` said.
        source: EncodeError,
    },
    /// The code waits for other operands than the frame.
    #[error(
        "{flow} waits at `{label}`, and the operands there are others than when it began to wait; \
         bring the old ones back until this instance has passed it, then retry"
    )]
    OtherOperands {
        /// The flow.
        flow: &'static str,
        /// The state.
        label: &'static str,
    },
    /// One of many children has no result.
    #[error(
        "one of the operations at {flow}::{label} came to nothing: {error}; what others came to \
         is kept, so await them as handles (`.spawn()`) to go on without it"
    )]
    Lost {
        /// The flow.
        flow: &'static str,
        /// The state.
        label: &'static str,
        /// What became of it.
        error: super::JoinError,
    },
    /// The arguments of a call could not be encoded.
    #[error(
        "the arguments of `{callee}` could not be encoded: {source}; mend how their types are \
         serialized, then retry"
    )]
    EncodeArguments {
        /// What was called.
        callee: &'static str,
        /// What the argument's `Serialize` said.
        source: EncodeError,
    },
    /// The result of the flow could not be encoded.
    #[error(
        "the result of {flow} could not be encoded: {source}; mend how its type is serialized, \
         then retry"
    )]
    EncodeResult {
        /// The flow.
        flow: &'static str,
        /// What the result's `Serialize` said.
        source: EncodeError,
    },
}

/// What happened to the awaits that a label may mean.
fn counted(then: u16, now: u16) -> String {
    match then {
        0 => "the label was given in the source, and is not any more".to_owned(),
        _ => format!("calls of what it names were {then}, and are {now} now"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Payload;

    fn unreadable() -> DecodeError {
        let one = Payload::encode(&1).unwrap();
        one.decode::<String>().unwrap_err()
    }

    fn unwritable() -> EncodeError {
        let deep = (0..10_000).fold(Deep(None), |deep, _| Deep(Some(Box::new(deep))));
        Payload::encode(&deep).unwrap_err()
    }

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Deep(Option<Box<Deep>>);

    #[test]
    fn every_text_says_what_to_do_before_the_retry() {
        let (flow, label) = ("job", "receive");
        let stored = || label.to_owned();
        let all = [
            Fault::EncodeLocal {
                flow,
                label: stored(),
                local: "total",
                source: unwritable(),
            },
            Fault::DecodeLocal {
                flow,
                label: stored(),
                local: "total",
                source: unreadable(),
            },
            Fault::MissingLocal {
                flow,
                label: stored(),
                local: "total",
            },
            Fault::UnknownLabel {
                flow,
                label: stored(),
            },
            Fault::AmbiguousLocal {
                flow,
                label: stored(),
                local: "total#2",
            },
            Fault::Version {
                flow,
                stored: 1,
                code: 2,
            },
            Fault::DamagedFrame { flow, what: "torn" },
            Fault::DecodeOutcome {
                flow,
                label,
                source: unreadable(),
            },
            Fault::WrongOutcome {
                flow,
                label,
                expected: "a timer",
            },
            Fault::EncodeArguments {
                callee: "charge",
                source: unwritable(),
            },
            Fault::EncodeResult {
                flow,
                source: unwritable(),
            },
        ];
        for fault in all {
            let text = fault.to_string();
            assert!(text.contains("then retry"), "{text}");
        }
    }

    #[test]
    fn so_do_those_of_operands() {
        let (flow, label, source) = ("job", "join", unwritable());
        let stored = Fault::EncodeOutcome {
            flow,
            label,
            source,
        };
        for fault in [stored, Fault::OtherOperands { flow, label }] {
            let text = fault.to_string();
            assert!(text.contains("then retry"), "{text}");
        }
    }

    #[test]
    fn an_ambiguous_label_says_how_many_there_are() {
        let of = |then, now| Fault::AmbiguousLabel {
            flow: "job",
            label: "receive".to_owned(),
            then,
            now,
        };
        let text = of(1, 2).to_string();
        let counted = "calls of what it names were 1, and are 2 now; bring";
        assert!(text.contains(counted), "{text}");
        assert!(
            text.ends_with("`.label(\"receive\")`, then retry"),
            "{text}"
        );
        let text = of(0, 1).to_string();
        assert!(text.contains("given in the source, and is not"), "{text}");
    }
}
