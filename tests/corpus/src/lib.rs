//! A corpus for the check for determinism: flows that may do what they do, and
//! flows that may not, as real programs have them.
//!
//! [`benign::FLOWS`] and [`offences::FLOWS`] are the tables that the tests go
//! through; `docs/determinism-corpus.md` says how often each layer is right. That
//! this crate compiles without a warning is the silence of the compiler's layer.

#![deny(warnings)]
#![allow(missing_docs, reason = "the names say it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "only tests run it, and a panic fails them"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::dbg_macro,
    clippy::iter_over_hash_type,
    clippy::non_std_lazy_statics,
    reason = "what may not be done is what is collected here"
)]

pub mod benign;
mod helpers;
mod hidden;
pub mod offences;

use std::pin::Pin;

use flowstone::client::RunError;
use flowstone::prelude::Engine;

/// A flow of the corpus.
#[derive(Debug)]
pub struct Entry {
    /// The name of its function.
    pub name: &'static str,
    /// The groups of which each is a right answer; of a benign flow none is.
    pub groups: &'static [&'static str],
    /// Runs it once, as an instance of its name.
    pub run: for<'a> fn(&'a Engine) -> Running<'a>,
}

/// A run of a flow, which ends with its result.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<String, RunError>> + Send + 'a>>;
