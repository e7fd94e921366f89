//! Writes the code of a state: the tree of its pieces, with scopes opened
//! again, derived locals made again, and the ways out of it.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::scope::Scope;
use super::transfer;
use crate::ids::{LocalId, StateId};
use crate::machine::{Entry, Machine, Piece, State};
use crate::model::{Bind, JumpKind, Match, Otherwise};
use crate::names;

/// Writes the code of one state.
pub(super) struct Writer<'a> {
    machine: &'a Machine<'a>,
    state: &'a State<'a>,
    scope: Scope<'a>,
    /// Locals whose names meet: each is bound where its scope is opened.
    colliding: BTreeSet<LocalId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(machine: &'a Machine<'a>, state: &'a State<'a>) -> Self {
        let scope = Scope::new(machine, state);
        let mut writer = Self {
            machine,
            state,
            scope,
            colliding: BTreeSet::new(),
        };
        let mut named: Vec<LocalId> = state.restored().collect();
        writer.declared(&state.code, &mut named);
        writer.colliding = named
            .iter()
            .filter(|one| {
                named
                    .iter()
                    .any(|other| other != *one && writer.ident(*other) == writer.ident(**one))
            })
            .copied()
            .collect();
        writer
    }

    fn ident(&self, local: LocalId) -> &'a proc_macro2::Ident {
        &self.machine.plain.locals[local].ident
    }

    /// The locals that are declared again without a value.
    fn declared(&self, code: &[Piece<'_>], named: &mut Vec<LocalId>) {
        for piece in code {
            match piece {
                Piece::Declare(locals) => {
                    named.extend(locals.iter().filter(|local| self.is_unset(**local)));
                }
                Piece::Scope { body, .. }
                | Piece::Then { body, .. }
                | Piece::Arm { body, .. }
                | Piece::Labelled { body, .. } => self.declared(body, named),
                _ => {}
            }
        }
    }

    /// Whether the code sets a local of an enclosing scope that has no value.
    fn is_unset(&self, local: LocalId) -> bool {
        let derived = self.machine.plain.locals[local].derived_from.is_some();
        !derived
            && self.state.mentions.contains(&local)
            && !self.state.live.contains(&local)
            && self.state.outcome != Some(local)
    }

    /// What comes into the state.
    pub(super) fn entry(&mut self, id: StateId) -> TokenStream {
        let (machine, state) = (self.machine, self.state);
        let outcome = match (state.entry, state.outcome) {
            (Entry::Resume(point), Some(into)) => {
                let (run, tie, label) = (
                    names::ident("run"),
                    names::op_tie(point),
                    names::machine_label(),
                );
                let (number, into) = (transfer::number(machine, state.entry), self.ident(into));
                quote! {
                    let ::core::option::Option::Some(#into) = #run.outcome(#number, #tie) else {
                        break #label
                    };
                }
            }
            _ => TokenStream::new(),
        };
        let encoded = state.encoded();
        let taken: Vec<LocalId> = state
            .restored()
            .filter(|local| encoded.contains(local))
            .collect();
        let slot = transfer::from_slot(machine, id, |local| self.binding(local));
        let take = transfer::take(machine, &taken, |local| self.binding(local));
        let top: Vec<LocalId> = state
            .restored()
            .filter(|local| !self.colliding.contains(local))
            .chain(state.outcome)
            .collect();
        self.scope.bind(&top);
        quote!(#outcome #slot #take)
    }

    fn binding(&self, local: LocalId) -> TokenStream {
        if self.colliding.contains(&local) {
            let restored = names::restored(local);
            quote!(#restored)
        } else {
            let ident = self.ident(local);
            quote!(mut #ident)
        }
    }

    fn block(&mut self, pieces: &[Piece<'a>]) -> TokenStream {
        let mark = self.scope.open();
        let code = self.pieces(pieces);
        self.scope.close(&mark);
        quote!({ #code })
    }

    pub(super) fn pieces(&mut self, pieces: &[Piece<'a>]) -> TokenStream {
        pieces.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&mut self, piece: &Piece<'a>) -> TokenStream {
        match piece {
            Piece::Run(code) => {
                let tokens = &code.tokens;
                quote!(#tokens;)
            }
            Piece::Assign { to, value } => {
                let (ident, tokens) = (self.ident(*to), &value.tokens);
                quote!(#ident = #tokens;)
            }
            Piece::Return(code) => {
                let tokens = &code.tokens;
                quote_spanned!(first(tokens)=> return #tokens;)
            }
            Piece::Jump(jump) => {
                let label = match jump.kind {
                    JumpKind::Break => names::break_label(jump.to),
                    JumpKind::Continue => names::continue_label(jump.to),
                };
                quote!(break #label;)
            }
            Piece::Bind { bind, otherwise } => self.bind(bind, otherwise.as_deref()),
            Piece::Declare(locals) => self.declare(locals),
            Piece::Rebind(bind) => self.rebind(bind),
            Piece::Scope { is_unsafe, body } => {
                let body = self.block(body);
                let keyword = is_unsafe.then(|| quote!(unsafe));
                quote!(#keyword #body)
            }
            Piece::If { .. } | Piece::Then { .. } => self.branch(piece),
            Piece::Match { matched, arms } => self.matched(matched, arms),
            Piece::Arm { matched, arm, body } => self.reopened_arm(matched, *arm, body),
            Piece::Labelled {
                kind,
                construct,
                body,
            } => {
                let label = match kind {
                    JumpKind::Break => names::break_label(*construct),
                    JumpKind::Continue => names::continue_label(*construct),
                };
                let body = self.block(body);
                quote!(#label: #body)
            }
            Piece::Suspend { point, op } => {
                transfer::suspend(self.machine, self.state, &self.scope, *point, op)
            }
            Piece::Goto(entry) => transfer::goto(self.machine, self.state, &self.scope, *entry),
        }
    }

    fn bind(&mut self, bind: &Bind, otherwise: Option<&[Piece<'a>]>) -> TokenStream {
        let Bind {
            attrs,
            pat,
            ty,
            init,
            ..
        } = bind;
        let otherwise =
            otherwise
                .map(|pieces| self.block(pieces))
                .or_else(|| match &bind.otherwise {
                    Some(Otherwise::Code(code)) => Some(code.tokens.clone()),
                    Some(Otherwise::Block(_)) | None => None,
                });
        let otherwise = otherwise.map(|block| quote!(else #block));
        let aliases = self.scope.bind(&bind.locals);
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let tokens = init.as_ref().map(|code| &code.tokens);
        quote!(#aliases #attrs let #pat #ty = #tokens #otherwise;)
    }

    /// Opens a scope again: what was restored is bound, what has no value yet
    /// is declared.
    fn declare(&mut self, locals: &[LocalId]) -> TokenStream {
        let mut code = TokenStream::new();
        for local in locals {
            let ident = self.ident(*local);
            let bound = self.state.kept.contains(local) && self.state.mentions.contains(local);
            if bound && self.colliding.contains(local) {
                let aliases = self.scope.bind(&[*local]);
                let restored = names::restored(*local);
                code.extend(quote!(#aliases let mut #ident = #restored;));
            } else if !bound && self.is_unset(*local) {
                let aliases = self.scope.bind(&[*local]);
                let ty = self.machine.plain.locals[*local]
                    .ty
                    .as_ref()
                    .map(|ty| quote!(: #ty));
                code.extend(quote!(#aliases let mut #ident #ty;));
            }
        }
        code
    }

    /// Whether a derived local must be made again here.
    fn needs(&self, locals: &[LocalId]) -> bool {
        let needed = |local: &LocalId| {
            let derived = self.machine.plain.locals[*local].derived_from.is_some();
            derived && self.state.mentions.contains(local) && self.state.live.contains(local)
        };
        locals.iter().any(needed)
    }

    fn rebind(&mut self, bind: &Bind) -> TokenStream {
        if !self.needs(&bind.locals) {
            return TokenStream::new();
        }
        let Bind {
            attrs,
            pat,
            ty,
            init,
            otherwise,
            ..
        } = bind;
        let tokens = init.as_ref().map(|code| &code.tokens);
        let otherwise = otherwise.as_ref().map(|_| never());
        let otherwise = otherwise.map(|never| quote!(else { #never }));
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let aliases = self.scope.bind(&bind.locals);
        quote!(#aliases #attrs let #pat #ty = #tokens #otherwise;)
    }

    fn branch(&mut self, piece: &Piece<'a>) -> TokenStream {
        let mark = self.scope.open();
        let code = match piece {
            Piece::If {
                branch,
                then,
                otherwise,
            } => {
                let cond = &branch.cond.tokens;
                let otherwise = otherwise.as_deref().map(|pieces| {
                    let block = self.block(pieces);
                    quote!(else #block)
                });
                let aliases = self.scope.bind(&branch.locals);
                let then = self.block(then);
                let keyword = quote_spanned!(first(cond)=> if);
                quote!(#aliases #keyword #cond #then #otherwise)
            }
            Piece::Then { branch, body } => match &branch.again {
                Some(again) if self.needs(&branch.locals) => {
                    let cond = &again.tokens;
                    let never = never();
                    let aliases = self.scope.bind(&branch.locals);
                    let body = self.block(body);
                    let keyword = quote_spanned!(first(cond)=> if);
                    quote!(#aliases #keyword #cond #body else { #never })
                }
                _ => {
                    let declared = self.declare(&branch.locals);
                    let body = self.block(body);
                    quote!({ #declared #body })
                }
            },
            _ => unreachable!("only branches come here"),
        };
        self.scope.close(&mark);
        code
    }

    fn matched(&mut self, matched: &Match, bodies: &[Vec<Piece<'a>>]) -> TokenStream {
        let scrutinee = &matched.scrutinee.tokens;
        let mut aliases = TokenStream::new();
        let mut arms = TokenStream::new();
        for (arm, body) in matched.arms.iter().zip(bodies) {
            let mark = self.scope.open();
            aliases.extend(self.scope.bind(&arm.locals));
            let body = self.block(body);
            self.scope.close(&mark);
            let (attrs, pat) = (&arm.attrs, &arm.pat);
            let guard = arm.guard.as_ref().map(|guard| {
                let tokens = &guard.tokens;
                quote!(if #tokens)
            });
            arms.extend(quote!(#attrs #pat #guard => #body));
        }
        let keyword = quote_spanned!(first(scrutinee)=> match);
        quote!(#aliases #keyword #scrutinee { #arms })
    }

    fn reopened_arm(&mut self, matched: &Match, arm: usize, body: &[Piece<'a>]) -> TokenStream {
        let arm = matched.arms.get(arm).expect("assembled from this match");
        let mark = self.scope.open();
        let code = match &matched.again {
            Some(again) if self.needs(&arm.locals) => {
                let (scrutinee, attrs, pat) = (&again.tokens, &arm.attrs, &arm.pat);
                let never = never();
                let aliases = self.scope.bind(&arm.locals);
                let body = self.block(body);
                quote!(#aliases match #scrutinee { #attrs #pat => #body _ => #never })
            }
            _ => {
                let declared = self.declare(&arm.locals);
                let body = self.block(body);
                quote!({ #declared #body })
            }
        };
        self.scope.close(&mark);
        code
    }
}

/// Code that is never reached: what was matched before matches again.
fn never() -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    quote!(return #runtime::diverge())
}

/// The span of the first token, with the user's edition.
fn first(tokens: &TokenStream) -> Span {
    tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span())
}
