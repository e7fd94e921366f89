//! Collects what is wrong with a flow, so that all of it is told at once.
//!
//! In: refusals, each at a token. Out: the errors for rustc. Dropping a
//! collection that nobody asked for its errors is a bug of the compiler.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

/// The errors and warnings found so far.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
    /// What could not be parsed, unlike by rustc maybe.
    syntax: Vec<syn::Error>,
    /// Each with its text.
    warnings: Vec<(String, TokenStream)>,
    finished: bool,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self {
            errors: Vec::new(),
            syntax: Vec::new(),
            warnings: Vec::new(),
            finished: false,
        }
    }

    /// Refuses `tokens`; `text` is one of the catalogue's.
    pub(crate) fn refuse(&mut self, tokens: impl ToTokens, text: impl std::fmt::Display) {
        self.errors.push(syn::Error::new_spanned(tokens, text));
    }

    /// Warns of `tokens`, at the last name of a path. The one way on stable Rust: a
    /// constant whose use is deprecated, used where they stand. `allow(deprecated)` around
    /// them does not hide it.
    pub(crate) fn warn(&mut self, tokens: impl ToTokens, text: &str) {
        let level = quote!(#[warn(deprecated)]);
        self.told_as(tokens, text, level);
    }

    /// The same, but `allow(deprecated)` hides it.
    pub(crate) fn hint(&mut self, tokens: impl ToTokens, text: &str) {
        self.told_as(tokens, text, TokenStream::new());
    }

    fn told_as(&mut self, tokens: impl ToTokens, text: &str, level: TokenStream) {
        let mut span = None;
        for token in tokens.into_token_stream() {
            match &token {
                TokenTree::Ident(name) => span = Some(name.span()),
                TokenTree::Punct(mark) if mark.as_char() == '<' && span.is_some() => break,
                other => span = span.or(Some(other.span())),
            }
        }
        let span = span.unwrap_or_else(Span::call_site);
        let name = Ident::new("not_for_flows", span);
        // It is of the code that is warned of, not of the attribute of the flow.
        let level = level.into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        let warning = quote! {
            #(#level)*
            const _: () = {
                #[deprecated(note = #text)]
                #[allow(non_upper_case_globals)]
                const #name: () = ();
                #name
            };
        };
        self.warnings.push((text.to_owned(), warning));
    }

    /// Takes over an error of the parser.
    pub(crate) fn take(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Takes over an error of the parser in code that rustc has parsed before: if it is
    /// one for rustc, too, that has told of it.
    pub(crate) fn take_syntax(&mut self, error: syn::Error) {
        self.syntax.push(error);
    }

    /// Takes over what another collection found.
    pub(crate) fn append(&mut self, mut other: Self) {
        other.finished = true;
        self.errors.append(&mut other.errors);
        self.syntax.append(&mut other.syntax);
        self.warnings.append(&mut other.warnings);
    }

    /// The same, but for what is told already in the same words.
    pub(crate) fn append_new(&mut self, mut other: Self) {
        let known: Vec<String> = self.errors.iter().map(ToString::to_string).collect();
        let is_new = |error: &syn::Error| !known.contains(&error.to_string());
        other.errors.retain(is_new);
        let known: Vec<&String> = self.warnings.iter().map(|(text, _)| text).collect();
        other.warnings.retain(|(text, _)| !known.contains(&text));
        self.append(other);
    }

    /// Whether nothing is wrong; warnings do not count.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.syntax.is_empty()
    }

    /// One `compile_error!` for each error, and the warnings.
    pub(crate) fn finish(mut self) -> TokenStream {
        self.finished = true;
        let errors = self.errors.iter().map(syn::Error::to_compile_error);
        let syntax = self.syntax.iter().map(unless_told);
        let warnings = std::mem::take(&mut self.warnings);
        let warnings = warnings.into_iter().map(|(_, tokens)| tokens);
        errors.chain(syntax).chain(warnings).collect()
    }
}

/// An error that is told if rustc has none: a lint, which it asks for last.
fn unless_told(error: &syn::Error) -> TokenStream {
    let text = format!("{error}; a newer version may know more of Rust");
    let name = Ident::new("syntax_that_flowstone_does_not_know", error.span());
    quote_spanned! {error.span()=>
        const _: () = {
            #[must_use = #text]
            const fn #name() -> bool {
                true
            }
            #[deny(unused_must_use)]
            {
                #name();
            }
        };
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
