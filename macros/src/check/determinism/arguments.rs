//! The arguments of macros.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, Macro, Token};

use super::meaning::Space;
use super::names::Segments;
use super::pointers;
use super::walk::Walker;
use crate::syntax::macros::{self, Arguments};

impl Walker<'_> {
    /// The arguments of a macro: expressions if they can be parsed as such,
    /// else whatever in them looks like a path.
    pub(super) fn arguments(&mut self, mac: &Macro) {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        let known = macros::arguments(mac);
        let format = known
            .as_ref()
            .and_then(|known| known.exprs.get(known.format?));
        if let Some(format) = format.filter(|format| shows_pointer(format)) {
            self.construct("{:p}", format.to_token_stream());
        }
        let pointer = known.as_ref().and_then(|known| self.shown_pointer(known));
        if let Some(pointer) = pointer {
            self.construct("{:?} of a pointer", pointer);
        }
        let known = known.map(|arguments| arguments.exprs);
        let exprs =
            known.or_else(|| Some(list.parse2(mac.tokens.clone()).ok()?.into_iter().collect()));
        match exprs {
            Some(exprs) => exprs.iter().for_each(|expr| self.visit_expr(expr)),
            None => self.scan(mac.tokens.clone()),
        }
    }

    /// What a format string shows by `{:?}`, if that is surely a pointer.
    fn shown_pointer(&mut self, known: &Arguments) -> Option<TokenStream> {
        let format = known.exprs.get(known.format?)?.to_token_stream();
        let shown = debugged(&format.to_string());
        shown.into_iter().find_map(|shown| {
            let given = known.shown(&shown);
            let named = || syn::parse_str::<Expr>(&shown).ok();
            let value = given.cloned().or_else(named)?;
            let is_pointer = pointers::is_pointer(&value, &mut self.resolver);
            let tokens = given.map_or_else(|| format.clone(), ToTokens::to_token_stream);
            is_pointer.then_some(tokens)
        })
    }

    pub(super) fn scan(&mut self, tokens: TokenStream) {
        let mut path: Vec<TokenTree> = Vec::new();
        for token in tokens {
            if let TokenTree::Group(group) = &token {
                self.scan(group.stream());
            }
            if !continues(&path, &token) {
                self.scanned(&std::mem::take(&mut path));
            }
            let part = match &token {
                TokenTree::Ident(_) => true,
                TokenTree::Punct(punct) => punct.as_char() == ':' && !path.is_empty(),
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            };
            if part {
                path.push(token);
            }
        }
        self.scanned(&path);
    }

    fn scanned(&mut self, tokens: &[TokenTree]) {
        let path: Segments = tokens
            .iter()
            .filter_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident.to_string()),
                _ => None,
            })
            .collect();
        if path.len() > 1 {
            let tokens: TokenStream = tokens.iter().cloned().collect();
            self.look_up(&path, tokens, Space::Value, 0);
        }
    }
}

/// Whether `token` goes on with the path in `path`.
fn continues(path: &[TokenTree], token: &TokenTree) -> bool {
    match (path.last(), token) {
        (Some(TokenTree::Ident(_) | TokenTree::Punct(_)), TokenTree::Punct(punct)) => {
            punct.as_char() == ':'
        }
        (Some(TokenTree::Punct(_)), TokenTree::Ident(_)) => true,
        _ => false,
    }
}

/// Whether a format string has a `{:p}`.
fn shows_pointer(format: &Expr) -> bool {
    let text = format.to_token_stream().to_string();
    placeholders(&text).any(|(_, how)| how.ends_with('p'))
}

/// What a format string shows by `{:?}`: names, or numbers.
fn debugged(format: &str) -> Vec<String> {
    let mut next = 0_usize;
    let mut shown = Vec::new();
    for (name, how) in placeholders(format) {
        let mut name = name.trim().to_owned();
        if name.is_empty() {
            name = next.to_string();
            next += 1;
        }
        if how.ends_with('?') {
            shown.push(name);
        }
    }
    shown
}

/// What stands between the braces of a format string: what is shown, and how.
fn placeholders(format: &str) -> impl Iterator<Item = (String, String)> {
    let text = format.replace("{{", "");
    let braced = text.split('{').skip(1);
    let braced = braced.filter_map(|part| part.split('}').next());
    let parts = braced.map(|part| part.split_once(':').unwrap_or((part, "")));
    let parts = parts.map(|(name, how)| (name.to_owned(), how.trim_end().to_owned()));
    parts.collect::<Vec<_>>().into_iter()
}
