//! The arguments of macros.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, Macro, Token};

use super::meaning::Space;
use super::names::Segments;
use super::walk::Walker;
use crate::syntax::macros;

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
        let known = known.map(|arguments| arguments.exprs);
        let exprs =
            known.or_else(|| Some(list.parse2(mac.tokens.clone()).ok()?.into_iter().collect()));
        match exprs {
            Some(exprs) => exprs.iter().for_each(|expr| self.visit_expr(expr)),
            None => self.scan(mac.tokens.clone()),
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
    let text = format.to_token_stream().to_string().replace("{{", "");
    let mut braced = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next());
    braced.any(|part| {
        part.split_once(':')
            .is_some_and(|(_, how)| how.ends_with('p'))
    })
}
