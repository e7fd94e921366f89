//! Opens the scopes around a state's entry again: what was restored is bound,
//! what has no value yet is declared, and what is derived is made again.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Pat, Type};

use super::parts;
use super::writer::Writer;
use crate::ids::LocalId;
use crate::machine::Piece;
use crate::model::{Arm, Bind, Branch, Cond, Match};
use crate::names;
use crate::syntax::deref::{self, By, Replacement};
use crate::syntax::pattern;

impl<'a> Writer<'a> {
    pub(super) fn binding(&self, local: LocalId) -> TokenStream {
        if self.is_bound_later(local) {
            let restored = names::restored(local);
            quote!(#restored)
        } else {
            let ident = self.ident(local);
            // Where the name stands: rustc tells of a value what it is bound to.
            quote_spanned!(ident.span()=> mut #ident)
        }
    }

    /// Whether what is restored is bound where its scope is opened.
    pub(super) fn is_bound_later(&self, local: LocalId) -> bool {
        self.colliding.contains(&local) || self.machine.plain.locals[local].part.is_some()
    }

    /// What lives around the arms of a nested machine.
    pub(super) fn written(&self) -> impl Iterator<Item = &'a LocalId> + use<'a> {
        let machine = self.machine;
        let block = self.state.block();
        let written = block.map(|block| &machine.captures[block].written);
        written.into_iter().flatten()
    }

    /// What lives around the arms by its own name.
    pub(super) fn visibly_written(&self) -> impl Iterator<Item = &'a LocalId> + use<'a> {
        let machine = self.machine;
        let captures = self.state.block().map(|block| &machine.captures[block]);
        let hidden = captures.map(|captures| &captures.hidden);
        self.written()
            .filter(move |local| hidden.is_some_and(|hidden| !hidden.contains(local)))
    }

    /// Whether a shared local has the name of one that lives around the arms, or the
    /// other way round: only borrows that are made again are of it.
    fn is_behind(&self, local: LocalId) -> bool {
        let plain = &self.machine.plain;
        let Some(block) = self.state.block() else {
            return false;
        };
        let name = |local: LocalId| &plain.locals[local].name;
        let same = |written: &LocalId| *written != local && name(*written) == name(local);
        let is_shared = self.state.kept.contains(&local) && !plain.blocks[block].binds(local);
        self.machine.captures[block].hidden.contains(&local)
            || is_shared && self.visibly_written().any(same)
    }

    /// What a borrow is made from again, without names that are others' by now.
    fn seen_from_here(&self, made: &Made<'_>) -> TokenStream {
        let value = made.value;
        let plain = self.machine.plain;
        let from = made
            .locals
            .iter()
            .flat_map(|local| &plain.locals[*local].derived_from);
        let roots: BTreeSet<LocalId> = from.flatten().map(|local| plain.root(*local)).collect();
        let behind = roots.into_iter().filter(|local| self.is_behind(*local));
        let behind = behind.map(|local| Replacement {
            root: self.ident(local).clone(),
            fields: Vec::new(),
            by: By::Variable(names::restored(local)),
        });
        let behind: Vec<Replacement> = behind.collect();
        if behind.is_empty() {
            return value.clone();
        }
        let expr = syn::parse2(value.clone());
        let seen = expr.map(|expr| deref::places(&expr, &behind).into_token_stream());
        seen.unwrap_or_else(|_| value.clone())
    }

    /// The locals that `code` binds again where their scopes are opened.
    pub(super) fn bound_again(&self, code: &[Piece<'_>], named: &mut Vec<LocalId>) {
        for piece in code {
            let (locals, body) = match piece {
                Piece::Declare(locals) => (locals.to_vec(), &[][..]),
                Piece::Rebind(bind) => (bind.locals.clone(), &[][..]),
                Piece::Scope { body, .. } | Piece::Labelled { body, .. } => {
                    (Vec::new(), body.as_slice())
                }
                Piece::Then { branch, body } => (branch.locals(), body.as_slice()),
                Piece::Arm { matched, arm, body } => {
                    let arm = matched.arms.get(*arm).map(|arm| arm.locals.clone());
                    (arm.unwrap_or_default(), body.as_slice())
                }
                _ => continue,
            };
            let parted = locals.iter().copied().filter(|local| {
                parts::kept_of(self.machine, self.state, *local)
                    .next()
                    .is_some()
            });
            let parted: Vec<LocalId> = parted.collect();
            named.extend(
                locals
                    .into_iter()
                    .filter(|local| self.is_unset(*local) || self.is_needed(*local))
                    .chain(parted),
            );
            self.bound_again(body, named);
        }
    }

    /// Whether the code sets a local of an enclosing scope that has no value.
    fn is_unset(&self, local: LocalId) -> bool {
        let derived = self.machine.plain.locals[local].derived_from.is_some();
        !derived
            && self.state.mentions.contains(&local)
            && !self.state.live.contains(&local)
            && self.state.outcome != Some(local)
            && !self.written().any(|written| *written == local)
    }

    /// Whether a derived local must be made again.
    fn is_needed(&self, local: LocalId) -> bool {
        let derived = self.machine.plain.locals[local].derived_from.is_some();
        derived && self.state.mentions.contains(&local) && self.state.live.contains(&local)
    }

    /// Binds what was restored, and declares what has no value yet.
    pub(super) fn declare(&mut self, locals: &[LocalId]) -> TokenStream {
        let mut code = TokenStream::new();
        for local in locals {
            let ident = self.ident(*local);
            let bound = self.state.kept.contains(local) && self.state.mentions.contains(local);
            if parts::kept_of(self.machine, self.state, *local)
                .next()
                .is_some()
            {
                if self.colliding.contains(local) {
                    code.extend(self.built_here(*local));
                }
            } else if self.is_behind(*local) {
                // Its name is another's in all code of the block.
            } else if bound && self.colliding.contains(local) {
                self.scope.bind(&[*local]);
                let restored = names::restored(*local);
                let spares = self.spares(&[*local]);
                code.extend(quote!(let mut #ident = #restored; #spares));
            } else if !bound && self.is_unset(*local) {
                self.scope.bind(&[*local]);
                let ty = self.machine.plain.locals[*local]
                    .ty
                    .as_ref()
                    .map(|ty| quote!(: #ty));
                let typed = self.typed_later(*local);
                let spares = self.spares_later(&[*local]);
                code.extend(quote!(let mut #ident #ty; #spares #typed));
            }
        }
        code
    }

    pub(super) fn rebind(&mut self, bind: &Bind) -> TokenStream {
        let value = bind.again.as_ref().or(bind.init.as_ref());
        let value = value.map(|code| &code.tokens);
        let value = value.expect("only what is bound to a value is derived");
        let made = Made {
            attrs: &bind.attrs,
            pat: &bind.pat,
            ty: bind.ty.as_ref(),
            value,
            locals: &bind.locals,
        };
        self.make_again(&made)
    }

    pub(super) fn reopened_branch(&mut self, branch: &Branch, body: &[Piece<'a>]) -> TokenStream {
        let mark = self.scope.open();
        let mut bound = TokenStream::new();
        for cond in &branch.conds {
            if let Cond::Let(made) = cond {
                bound.extend(self.declare(&made.locals));
                let made = Made {
                    attrs: &TokenStream::new(),
                    pat: &made.pat,
                    ty: None,
                    value: &made.value.tokens,
                    locals: &made.locals,
                };
                bound.extend(self.make_again(&made));
            }
        }
        let body = self.block(body);
        self.scope.close(&mark);
        quote!({ #bound #body })
    }

    pub(super) fn reopened_arm(
        &mut self,
        matched: &Match,
        arm: &Arm,
        body: &[Piece<'a>],
    ) -> TokenStream {
        let mark = self.scope.open();
        let declared = self.declare(&arm.locals);
        let made = matched.again.as_ref().map(|again| {
            let made = Made {
                attrs: &TokenStream::new(),
                pat: &arm.pat,
                ty: None,
                value: again,
                locals: &arm.locals,
            };
            self.make_again(&made)
        });
        let body = self.block(body);
        self.scope.close(&mark);
        quote!({ #declared #made #body })
    }

    /// Matches a value again, for the locals that are needed.
    fn make_again(&mut self, made: &Made<'_>) -> TokenStream {
        let needed: Vec<LocalId> = made
            .locals
            .iter()
            .copied()
            .filter(|local| self.is_needed(*local))
            .collect();
        if needed.is_empty() {
            return TokenStream::new();
        }
        let names = |name: &Ident| needed.iter().any(|local| self.ident(*local) == name);
        let pat = pattern::only(made.pat, &names);
        let value = self.seen_from_here(made);
        self.scope.bind(&needed);
        let (attrs, ty) = (made.attrs, made.ty.map(|ty| quote!(: #ty)));
        let never = never();
        match pat {
            Pat::Ident(name) if name.subpat.is_none() => {
                quote!(#attrs let #name #ty = #value;)
            }
            Pat::Or(pat) => quote!(#attrs let (#pat) #ty = #value else { #never };),
            pat => quote!(#attrs let #pat #ty = #value else { #never };),
        }
    }
}

/// A binding that can be made again.
struct Made<'m> {
    attrs: &'m TokenStream,
    pat: &'m Pat,
    ty: Option<&'m Type>,
    value: &'m TokenStream,
    locals: &'m [LocalId],
}

/// Code that is never reached: what was matched before matches again.
pub(super) fn never() -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    quote!(return #runtime::diverge())
}
