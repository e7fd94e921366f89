//! What a test found when it ran a segment of a flow again.
//!
//! Plain data, stored with the parked instance. It is there for people, and
//! prints as the compiler's messages do.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::park::Place;

/// A flow does what differs from run to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The flow whose code does it.
    pub flow: String,
    /// Where in that flow, or where the flow is.
    pub place: Place,
    /// The instance that ran it.
    pub instance: String,
    /// The `.await` behind which the segment begins; `None` at the start.
    pub behind: Option<(String, Option<Place>)>,
    /// What it does.
    pub offence: Offence,
}

/// What a segment does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Offence {
    /// It asks for what differs.
    Called {
        /// The group's name in `#[flow(allow(..))]`.
        group: String,
        /// What it does, after "it".
        does: String,
        /// What to write instead, besides an action.
        instead: Option<String>,
        /// The function that was called, and with what.
        call: String,
        /// The functions that led there, from the flow on.
        path: Vec<(String, Option<Place>)>,
    },
    /// It came to something else when it was run again.
    Differs {
        /// What differs.
        what: String,
        /// What it was.
        first: String,
        /// What it was then.
        then: String,
    },
}

/// Where the pages of the groups are.
const PAGES: &str = "https://docs.rs/flowstone/latest/flowstone/determinism";

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the flow `{}` is not deterministic: ", self.flow)?;
        match &self.offence {
            Offence::Called { group, does, .. } => write!(f, "it {does} [{group}]")?,
            Offence::Differs { what, .. } => {
                write!(f, "{what} differs when a segment of it runs again")?;
            }
        }
        let (place, begins) = (&self.place, begins(self.behind.as_ref()));
        write!(f, "\n  --> {}:{}", place.file, place.line)?;
        write!(f, "\n   | in the segment that begins {begins}")?;
        write!(f, ", of instance `{}`", self.instance)?;
        self.offence.explain(f)
    }
}

impl Offence {
    /// What led to it, and what to do.
    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Called {
                group,
                instead,
                call,
                path,
                ..
            } => {
                f.write_str("\n   | called through")?;
                for (name, place) in path {
                    write!(f, "\n   |   {name}")?;
                    if let Some(place) = place {
                        write!(f, "  ({}:{})", place.file, place.line)?;
                    }
                }
                let instead = instead.as_deref();
                let instead = instead.map(|instead| format!("use {instead}, or "));
                let instead = instead.unwrap_or_default();
                write!(
                    f,
                    "\n   |   {call}\
                     \n   = help: {instead}call it in an `#[action]` and await that\
                     \n   = help: if the flow's course cannot depend on it, allow it: \
                     `#[flow(allow({group}, reason = \"..\"))]`; see {PAGES}/{group}"
                )
            }
            Self::Differs { first, then, .. } => write!(
                f,
                "\n   | once: {first}\
                 \n   | then: {then}\
                 \n   = help: something in this segment differs from run to run, such as the order \
                 of a `HashMap`, a static, or an address; look for it between this `.await` and the \
                 next"
            ),
        }
    }
}

fn begins(behind: Option<&(String, Option<Place>)>) -> String {
    match behind {
        None => "with the flow".to_owned(),
        Some((label, None)) => format!("behind `{label}`"),
        Some((label, Some(place))) => format!("behind `{label}` ({}:{})", place.file, place.line),
    }
}
