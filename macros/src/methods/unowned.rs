//! The code of a method where it stands outside of its `impl`: `Self` is named,
//! and `self` is an argument as any other.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{ExprPath, ImplItemFn, Item, Macro, Path};

use crate::syntax::{macros, made};

/// The first `self` in the body of a function that takes none.
pub(super) fn missing_self(method: &ImplItemFn) -> Option<ExprPath> {
    struct Finder(Option<ExprPath>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_path(&mut self, path: &'ast ExprPath) {
            if path.path.is_ident("self") && self.0.is_none() {
                self.0 = Some(path.clone());
            }
        }

        fn visit_macro(&mut self, mac: &'ast Macro) {
            if let Some(known) = macros::arguments(mac) {
                known.exprs.iter().for_each(|expr| self.visit_expr(expr));
            }
        }

        fn visit_item(&mut self, _: &'ast Item) {}
    }
    if method.sig.receiver().is_some() {
        return None;
    }
    let mut finder = Finder(None);
    finder.visit_block(&method.block);
    finder.0
}

/// Code of a method, outside of its `impl`.
pub(super) struct Unowned<'a> {
    pub(super) path: &'a Path,
    pub(super) this: &'a Ident,
}

impl Unowned<'_> {
    fn in_tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut moved = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_path = |next: Option<&TokenTree>| matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
            moved.extend(match token {
                TokenTree::Ident(word) if word == "Self" => self.path.to_token_stream(),
                TokenTree::Ident(word) if word == "self" && !is_path(tokens.peek()) => {
                    let mut this = self.this.clone();
                    this.set_span(word.span());
                    this.into_token_stream()
                }
                TokenTree::Group(group) => {
                    let inner = self.in_tokens(group.stream());
                    let mut moved = proc_macro2::Group::new(group.delimiter(), inner);
                    moved.set_span(group.span());
                    TokenTree::Group(moved).into()
                }
                other => other.into(),
            });
        }
        moved
    }
}

impl VisitMut for Unowned<'_> {
    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        if path.path.is_ident("self") {
            let mut this = self.this.clone();
            this.set_span(path.span());
            path.path = this.into();
        } else {
            visit_mut::visit_expr_path_mut(self, path);
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let is_own = path
            .segments
            .first()
            .is_some_and(|first| first.ident == "Self");
        if is_own {
            let rest = path.segments.iter().skip(1).cloned();
            // Where it is told of, `Self` is meant, not the head of the `impl`.
            let mut whole = self.path.clone();
            for segment in &mut whole.segments {
                let span = segment.ident.span().located_at(path.span());
                segment.ident.set_span(span);
            }
            whole.segments.extend(rest);
            *path = whole;
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let Some(mut known) = macros::arguments(mac) else {
            mac.tokens = self.in_tokens(mac.tokens.clone());
            return;
        };
        let names_self = known.captured().iter().any(|name| name == "self");
        let mut exprs = std::mem::take(&mut known.exprs);
        for expr in &mut exprs {
            self.visit_expr_mut(expr);
        }
        if names_self {
            // Its text stays what it is: rustc speaks of a part of it.
            known.name(Ident::new("self", Span::call_site()));
            exprs.push(made::variable(self.this));
        }
        known.rest = self.in_tokens(known.rest);
        mac.tokens = known.rebuild(&exprs);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
