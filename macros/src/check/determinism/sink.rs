//! What a walk finds, and who takes it: a flow refuses it where it stands, a
//! helper function is remembered as one that does it.

use proc_macro2::TokenStream;

use super::meaning::Function;
use super::table::Found;

/// A use of what a rule forbids.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) what: What,
    pub(super) found: Found,
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
