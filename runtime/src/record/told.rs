//! Rows of the journal as text, for people.

use std::fmt;

use super::hot::Name;
use super::journal::{Brought, Entry, Happening};
use crate::payload::Brief;

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.at)?;
        if let Happening::Action { since, .. } = &self.what {
            self.what.fmt(f)?;
            return write!(f, " (took {:?})", self.at.since(*since));
        }
        self.what.fmt(f)
    }
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => f.write_str("started"),
            Self::Action {
                action,
                flow,
                label,
                attempts,
                outcome,
                ..
            } => {
                write_state(f, flow.as_ref(), label)?;
                write!(f, ": `{action}` brought ")?;
                outcome.fmt(f)?;
                match attempts {
                    1 => Ok(()),
                    _ => write!(f, " after {attempts} attempts"),
                }
            }
            Self::Attempt {
                action,
                attempt,
                error,
            } => {
                write!(f, "attempt {attempt} of `{action}` failed: ")?;
                error.fmt(f)
            }
            Self::Timer { flow, label } => {
                write_state(f, flow.as_ref(), label)?;
                f.write_str(": the time has come")
            }
            Self::Message {
                flow,
                channel,
                message,
            } => {
                let by = flow.as_ref().map(|flow| format!("by {flow} "));
                write!(f, "received {}from `{channel}`: ", by.unwrap_or_default())?;
                message.fmt(f)
            }
            Self::Skipped { channel, message } => {
                write!(f, "skipped a message of `{channel}`: ")?;
                message.fmt(f)
            }
            Self::Parked { reason } => write!(f, "parked: {reason}"),
            rest => write_rest(f, rest),
        }
    }
}

/// The `.await`, with the flow that holds it when the instance's own calls it.
fn write_state(f: &mut fmt::Formatter<'_>, flow: Option<&Name>, label: &str) -> fmt::Result {
    match flow {
        Some(flow) => write!(f, "{flow}::{label}"),
        None => f.write_str(label),
    }
}

impl fmt::Display for Brought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => match value.to_json() {
                Ok(json) => Brief::new(&json.to_string(), f.alternate()).fmt(f),
                Err(error) => write!(f, "(a value that cannot be shown: {error})"),
            },
            Self::Text(text) => Brief::new(text, f.alternate()).fmt(f),
            Self::Omitted { size_bytes } => write!(f, "(a value of {size_bytes} bytes)"),
        }
    }
}

/// What happens to an instance as a whole, and between it and those around it.
fn write_rest(f: &mut fmt::Formatter<'_>, what: &Happening) -> fmt::Result {
    match what {
        Happening::Retried => f.write_str("retried by hand"),
        Happening::Recovered => f.write_str("went on after the process had ended"),
        Happening::Finished => f.write_str("finished"),
        Happening::Restarted { version } => match version {
            1 => f.write_str("began again"),
            _ => write!(f, "began again, on version {version}"),
        },
        Happening::Reached { state } => {
            let labels: Vec<_> = state.labels().map(|label| format!("`{label}`")).collect();
            write!(f, "reached {}", labels.join(", "))
        }
        Happening::Rerun { of, label } => write!(f, "run again from `{label}` of `{of}`"),
        Happening::Spawned { child } => write!(f, "spawned `{child}`"),
        Happening::ChildEnded { child, outcome } => {
            write!(f, "`{child}` ended: ")?;
            fmt::Display::fmt(outcome, f)
        }
        Happening::ChildrenEnded { ended, of } => write!(f, "{ended} of {of} children ended"),
        Happening::Cancelled { reason } => write!(f, "cancelled: {reason}"),
        Happening::Terminated { reason } => write!(f, "terminated: {reason}"),
        _ => unreachable!("all else is written above"),
    }
}
