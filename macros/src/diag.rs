//! Collects what is wrong with a flow, so that all of it is told at once.
//!
//! In: refusals, each at a token. Out: the errors for rustc. Dropping a
//! collection that nobody asked for its errors is a bug of the compiler.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The errors found so far.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
    finished: bool,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self {
            errors: Vec::new(),
            finished: false,
        }
    }

    /// Refuses `tokens`; `text` is one of the catalogue's.
    pub(crate) fn refuse(&mut self, tokens: impl ToTokens, text: impl std::fmt::Display) {
        self.errors.push(syn::Error::new_spanned(tokens, text));
    }

    /// Takes over an error of the parser.
    pub(crate) fn take(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Takes over what another collection found.
    pub(crate) fn append(&mut self, mut other: Self) {
        other.finished = true;
        self.errors.append(&mut other.errors);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// One `compile_error!` for each error.
    pub(crate) fn finish(mut self) -> TokenStream {
        self.finished = true;
        self.errors
            .iter()
            .map(syn::Error::to_compile_error)
            .collect()
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "diagnostics were dropped without being told"
        );
    }
}
