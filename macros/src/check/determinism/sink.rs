//! What a walk finds, and who takes it: a flow refuses it where it stands, a
//! helper function is remembered as one that does it.

use proc_macro2::TokenStream;

use super::meaning::Function;
use super::table::{ASYNC_RUNTIME, At, Found};

/// A use of what a rule forbids.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) what: What,
    pub(super) found: Found,
}

impl Hit {
    /// Whether a flow can be allowed to do it: a macro that awaits by itself leaves no
    /// place where the flow could be stored.
    pub(super) fn may_be_allowed(&self) -> bool {
        self.found.group.id != ASYNC_RUNTIME.id || self.found.rule.at != At::Macro
    }
}

/// What is used.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A path of this full name.
    Path(String),
    /// A path that no file confirms: as it is written, and what it looks like.
    Likely(String, String),
    /// A static of the file.
    Static(String),
    /// A part of an own type, and what it is.
    Held(String, String),
    /// A construct of the language.
    Construct(&'static str),
}

/// Who takes what a walk finds.
pub(super) trait Sink {
    /// `tokens` are a use.
    fn found(&mut self, tokens: TokenStream, hit: Hit);

    /// `tokens` name a function of the file.
    fn called(&mut self, tokens: TokenStream, function: Function);
}
