//! The code of what binds locals: `let`, `if let`, and the arms of a `match`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::reopen::never;
use super::writer::Writer;
use crate::machine::Piece;
use crate::model::{Bind, Branch, Code, Cond, Match, Otherwise};
use crate::syntax::spans::first_span;

impl<'a> Writer<'a> {
    pub(super) fn bind(&mut self, bind: &Bind, otherwise: Option<&[Piece<'a>]>) -> TokenStream {
        let Bind {
            attrs,
            pat,
            ty,
            init,
            locals,
            ..
        } = bind;
        let named = locals
            .iter()
            .any(|local| self.state.mentions.contains(local));
        if bind.at_entry || bind.derived && bind.is_closure && !named {
            return TokenStream::new();
        }
        let otherwise = otherwise
            .map(|pieces| {
                let (block, never) = (self.block(pieces), never());
                // The way out of what hides a local seems to come to an end.
                quote!({ #block #never })
            })
            .or_else(|| match &bind.otherwise {
                Some(Otherwise::Code(code)) => Some(code.tokens.clone()),
                Some(Otherwise::Block(_)) | None => None,
            });
        let otherwise = otherwise.map(|block| quote!(else #block));
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        self.scope.bind(locals);
        let Some(Code { tokens: value, .. }) = init else {
            let typed: TokenStream = locals
                .iter()
                .filter_map(|local| self.typed_later(*local))
                .collect();
            let (pat, spares) = (self.filled(pat, locals), self.spares_later(locals));
            return quote!(#attrs let #pat #ty; #spares #typed);
        };
        let (pat, spares) = (self.filled(pat, locals), self.spares(locals));
        let typed = self.typed_now(locals);
        quote!(#attrs let #pat #ty = #value #otherwise; #typed #spares)
    }

    pub(super) fn branch(
        &mut self,
        branch: &Branch,
        then: &[Piece<'a>],
        otherwise: Option<&[Piece<'a>]>,
    ) -> TokenStream {
        let otherwise = otherwise.map(|pieces| {
            let block = self.block(pieces);
            quote!(else #block)
        });
        let conds: Vec<TokenStream> = branch.conds.iter().map(|cond| self.cond(cond)).collect();
        let mark = self.scope.open();
        self.scope.bind(&branch.locals());
        let then = self.block_behind(&branch.locals(), then);
        self.scope.close(&mark);
        let span = conds.first().map_or_else(Span::call_site, first_span);
        let keyword = quote_spanned!(span=> if);
        quote!(#keyword #(#conds)&&* #then #otherwise)
    }

    pub(super) fn matched(&mut self, matched: &Match, bodies: &[Vec<Piece<'a>>]) -> TokenStream {
        let mut arms = matched.arms.iter().zip(bodies);
        let hides = arms.any(|(arm, body)| self.scope.hides(&arm.locals, body));
        self.level(hides, |own| own.match_of(matched, bodies))
    }

    fn match_of(&mut self, matched: &Match, bodies: &[Vec<Piece<'a>>]) -> TokenStream {
        let scrutinee = &matched.scrutinee.tokens;
        let keyword = quote_spanned!(first_span(scrutinee)=> match);
        let mut arms = TokenStream::new();
        for (arm, body) in matched.arms.iter().zip(bodies) {
            let mark = self.scope.open();
            self.scope.bind(&arm.locals);
            let block = self.block_behind(&arm.locals, body);
            self.scope.close(&mark);
            let (attrs, pat) = (&arm.attrs, self.filled(&arm.pat, &arm.locals));
            let guard = arm.guard.as_ref().map(|guard| {
                let tokens = &guard.tokens;
                quote!(if #tokens)
            });
            arms.extend(quote!(#attrs #pat #guard => #block));
        }
        quote!(#keyword #scrutinee { #arms })
    }

    fn cond(&self, cond: &Cond) -> TokenStream {
        match cond {
            Cond::Test(code) => code.tokens.clone(),
            Cond::Let(bound) => {
                let pat = self.filled(&bound.pat, &bound.locals);
                let (keyword, value) = (bound.keyword, &bound.value.tokens);
                quote!(#keyword #pat = #value)
            }
        }
    }
}
