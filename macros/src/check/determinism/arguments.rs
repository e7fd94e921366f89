//! The arguments of macros.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, Macro, Token};

use super::meaning::Space;
use super::names::Segments;
use super::receiver;
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
        if let Some(known) = &known {
            self.shown(known);
        }
        let known = known.map(|arguments| arguments.exprs);
        let exprs =
            known.or_else(|| Some(list.parse2(mac.tokens.clone()).ok()?.into_iter().collect()));
        match exprs {
            Some(exprs) => exprs.iter().for_each(|expr| self.visit_expr(expr)),
            None => self.scan(mac.tokens.clone()),
        }
    }

    /// What a format string shows: pointers by `{:?}`, and own types by what they say.
    fn shown(&mut self, known: &Arguments) {
        let format = known.format.and_then(|format| known.exprs.get(format));
        let Some(format) = format.map(ToTokens::to_token_stream) else {
            return;
        };
        let (mut is_told, is_shown) = (false, self.resolver.has_method("fmt"));
        for (name, how) in named(&format.to_string()) {
            let is_debug = how.ends_with('?');
            let given = known.shown(&name);
            if !is_debug && !is_shown {
                continue;
            }
            let ty = match given {
                Some(value) => receiver::type_of(value, &mut self.resolver),
                None => self.resolver.variable(&name),
            };
            let tokens = || given.map_or_else(|| format.clone(), ToTokens::to_token_stream);
            let ty = ty.unwrap_or_default();
            if !is_debug {
                self.made_by(&ty.path, "fmt", tokens());
            } else if ty.is_pointer() && !is_told {
                is_told = true;
                self.construct("{:?} of a pointer", tokens());
            }
        }
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

/// What a format string shows, by names or numbers, and how.
fn named(format: &str) -> Vec<(String, String)> {
    let mut numbers = 0_usize..;
    let shown = placeholders(format).map(|(name, how)| match name.trim() {
        "" => (numbers.next().unwrap_or_default().to_string(), how),
        name => (name.to_owned(), how),
    });
    shown.collect()
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
