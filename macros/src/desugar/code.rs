//! Code that is copied as it stands, with what the passes behind want to know of it.

use std::collections::BTreeSet;

use proc_macro2::Span;
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::parts::Replaced;
use super::{Desugar, jumps, outcomes};
use crate::ids::LocalId;
use crate::model::Code;
use crate::names;
use crate::syntax::uses::{self, Found, Paths};

/// What code is used for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// What the flow returns: its value is of a type that the flow says.
    Typed,
    Any,
}

impl Desugar {
    /// Code, but for its jumps as it stands.
    pub(super) fn code(&mut self, expr: &Expr) -> Code {
        self.code_for(expr, Purpose::Any)
    }

    /// The same; `purpose` says what for.
    pub(super) fn code_for(&mut self, expr: &Expr, purpose: Purpose) -> Code {
        let diverges = crate::syntax::diverges::expr(expr);
        let mut expr = expr.clone();
        let (jumps, assigns) = jumps::rewrite(&mut expr, &self.targets);
        self.give(&assigns);
        let mut found = uses::found(&expr);
        self.look_near(&found.paths);
        let Replaced {
            writes,
            replaces,
            leaves,
            given,
            unread,
        } = self.replaced_in(&mut found, &expr);
        let Found {
            paths,
            spared,
            taken,
            ..
        } = found;
        self.take_apart(taken);
        let assigns = assigns.into_iter().chain(given).collect::<BTreeSet<_>>();
        match purpose {
            Purpose::Typed => self.tell_once_of_type(&mut expr),
            Purpose::Any => self.tell_once(&mut expr),
        }
        let is_last = matches!(purpose, Purpose::Typed);
        outcomes::show(&mut expr, is_last, |name| {
            let temp = self.temps.get(&name.to_string())?;
            self.awaited.get(temp).copied()
        });
        let untouched = self.untouched(spared);
        let mut uses = self.named_by(paths);
        uses.retain(|id| !assigns.contains(id));
        Code {
            tokens: expr.to_token_stream(),
            uses,
            spared: unread,
            untouched,
            writes,
            replaces,
            leaves,
            assigns,
            jumps,
            diverges,
        }
    }

    /// Counts what is given a value.
    pub(super) fn give<'l>(&mut self, locals: impl IntoIterator<Item = &'l LocalId>) {
        for local in locals {
            *self.scopes.given.entry(*local).or_default() += 1;
        }
    }

    /// The locals and temporaries that code names.
    pub(super) fn named_in(&mut self, expr: &Expr) -> BTreeSet<LocalId> {
        self.named_by(uses::found(expr).paths)
    }

    pub(super) fn named_by(&mut self, paths: Paths) -> BTreeSet<LocalId> {
        let temps = paths.keys().filter_map(|name| self.temps.get(name));
        let mut named: BTreeSet<LocalId> = temps.copied().collect();
        named.extend(self.used(paths));
        named
    }

    /// Code for tokens that we made from the user's.
    pub(super) fn code_of(&mut self, tokens: impl ToTokens) -> Code {
        let tokens = quote!(#tokens);
        match syn::parse2::<Expr>(tokens.clone()) {
            Ok(expr) => self.code(&expr),
            Err(_) => unreachable!(
                "generated code is an expression: {} at {:?}",
                tokens,
                tokens.span()
            ),
        }
    }
}

/// `return diverging`-like code for arms that cannot be reached.
pub(super) fn unreachable_code(span: Span) -> Code {
    let runtime = names::runtime(span);
    Code {
        tokens: quote_spanned!(span=> #runtime::diverge()),
        ..Code::default()
    }
}
