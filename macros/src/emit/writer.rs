//! Writes the code of a state: what comes in, the tree of its pieces, and the
//! ways out of it. What was bound before its entry is bound again by
//! `reopen`.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::scope::Scope;
use super::{spares, transfer};
use crate::ids::{LocalId, StateId};
use crate::machine::{Entry, Machine, Piece, State};
use crate::model::{Bind, Branch, Cond, JumpKind, Match, Otherwise};
use crate::names;

/// Writes the code of one state.
pub(super) struct Writer<'a> {
    pub(super) machine: &'a Machine<'a>,
    pub(super) state: &'a State<'a>,
    pub(super) scope: Scope<'a>,
    /// Locals whose names meet: each is bound where its scope is opened.
    pub(super) colliding: BTreeSet<LocalId>,
    /// The parts that are filled on some way out.
    spares: BTreeSet<LocalId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(machine: &'a Machine<'a>, state: &'a State<'a>) -> Self {
        let scope = Scope::new(machine, state);
        let mut writer = Self {
            machine,
            state,
            scope,
            colliding: BTreeSet::new(),
            spares: spares::of(machine, state),
        };
        let whole = |local: &LocalId| machine.plain.locals[*local].part.is_none();
        let mut named: Vec<LocalId> = state.restored().filter(whole).collect();
        writer.bound_again(&state.code, &mut named);
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

    pub(super) fn ident(&self, local: LocalId) -> &'a proc_macro2::Ident {
        &self.machine.plain.locals[local].ident
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
            .filter(|local| !self.is_bound_later(*local))
            .chain(state.outcome)
            .collect();
        self.scope.bind(&top, &[]);
        let spares = self.spares(&top);
        quote!(#outcome #slot #take #spares)
    }

    fn binding(&self, local: LocalId) -> TokenStream {
        if self.is_bound_later(local) {
            let restored = names::restored(local);
            quote!(#restored)
        } else {
            let ident = self.ident(local);
            quote!(mut #ident)
        }
    }

    /// Whether what is restored is bound where its scope is opened.
    fn is_bound_later(&self, local: LocalId) -> bool {
        self.colliding.contains(&local) || self.machine.plain.locals[local].part.is_some()
    }

    /// The spares for parts of `locals`, which have just been bound.
    pub(super) fn spares(&self, locals: &[LocalId]) -> TokenStream {
        spares::make(self.machine, &self.scope, &self.spares, locals)
    }

    /// A block at whose begin `locals` have just been bound.
    fn block_behind(&mut self, locals: &[LocalId], pieces: &[Piece<'a>]) -> TokenStream {
        let (spares, block) = (self.spares(locals), self.block(pieces));
        if spares.is_empty() {
            return block;
        }
        quote!({ #spares #block })
    }

    pub(super) fn block(&mut self, pieces: &[Piece<'a>]) -> TokenStream {
        let mark = self.scope.open();
        let code = self.pieces(pieces);
        self.scope.close(&mark);
        quote!({ #code })
    }

    pub(super) fn pieces(&mut self, pieces: &[Piece<'a>]) -> TokenStream {
        let mut code = TokenStream::new();
        let mut rest = pieces;
        while let Some((piece, behind)) = rest.split_first() {
            code.extend(self.piece(piece, behind));
            rest = behind;
        }
        code
    }

    /// The code of a piece; `rest` is what follows it in its scope.
    fn piece(&mut self, piece: &Piece<'a>, rest: &[Piece<'a>]) -> TokenStream {
        match piece {
            Piece::Items(items) => quote!(#items),
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
            Piece::Bind { bind, otherwise } => self.bind(bind, otherwise.as_deref(), rest),
            Piece::Declare(locals) => self.declare(locals, rest),
            Piece::Rebind(bind) => self.rebind(bind, rest),
            Piece::Scope { is_unsafe, body } => {
                let body = self.block(body);
                let keyword = is_unsafe.then(|| quote!(unsafe));
                quote!(#keyword #body)
            }
            Piece::If {
                branch,
                then,
                otherwise,
            } => self.branch(branch, then, otherwise.as_deref()),
            Piece::Then { branch, body } => self.reopened_branch(branch, body),
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

    fn bind(
        &mut self,
        bind: &Bind,
        otherwise: Option<&[Piece<'a>]>,
        rest: &[Piece<'a>],
    ) -> TokenStream {
        let Bind {
            attrs,
            pat,
            ty,
            init,
            ..
        } = bind;
        let mut locals = bind.locals.iter();
        let named = locals.any(|local| self.state.mentions.contains(local));
        if bind.derived && bind.is_closure && !named {
            return TokenStream::new();
        }
        let otherwise =
            otherwise
                .map(|pieces| self.block(pieces))
                .or_else(|| match &bind.otherwise {
                    Some(Otherwise::Code(code)) => Some(code.tokens.clone()),
                    Some(Otherwise::Block(_)) | None => None,
                });
        let otherwise = otherwise.map(|block| quote!(else #block));
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let mut value = init
            .as_ref()
            .map_or_else(TokenStream::new, |code| code.tokens.clone());
        let aliases = self.scope.bind_to(&bind.locals, &mut value, rest);
        let spares = match bind.init {
            Some(_) => self.spares(&bind.locals),
            None => TokenStream::new(),
        };
        quote!(#aliases #attrs let #pat #ty = #value #otherwise; #spares)
    }

    fn branch(
        &mut self,
        branch: &Branch,
        then: &[Piece<'a>],
        otherwise: Option<&[Piece<'a>]>,
    ) -> TokenStream {
        let otherwise = otherwise.map(|pieces| {
            let block = self.block(pieces);
            quote!(else #block)
        });
        let mark = self.scope.open();
        let mut aliases = TokenStream::new();
        let mut conds = Vec::new();
        for cond in &branch.conds {
            conds.push(match cond {
                Cond::Test(code) => code.tokens.clone(),
                Cond::Let(bound) => {
                    let mut value = bound.value.tokens.clone();
                    aliases.extend(self.scope.bind_to(&bound.locals, &mut value, then));
                    let (keyword, pat) = (bound.keyword, &bound.pat);
                    quote!(#keyword #pat = #value)
                }
            });
        }
        let then = self.block_behind(&branch.locals(), then);
        self.scope.close(&mark);
        let span = conds.first().map_or_else(Span::call_site, first);
        let keyword = quote_spanned!(span=> if);
        quote!(#aliases #keyword #(#conds)&&* #then #otherwise)
    }

    fn matched(&mut self, matched: &Match, bodies: &[Vec<Piece<'a>>]) -> TokenStream {
        let mut scrutinee = matched.scrutinee.tokens.clone();
        let keyword = quote_spanned!(first(&scrutinee)=> match);
        let mut aliases = TokenStream::new();
        let mut arms = TokenStream::new();
        let whole = self.scope.open();
        for (arm, body) in matched.arms.iter().zip(bodies) {
            let before = self.scope.open();
            aliases.extend(self.scope.bind_to(&arm.locals, &mut scrutinee, body));
            let block = self.block_behind(&arm.locals, body);
            self.scope.unbind(&before);
            let (attrs, pat) = (&arm.attrs, &arm.pat);
            let guard = arm.guard.as_ref().map(|guard| {
                let tokens = &guard.tokens;
                quote!(if #tokens)
            });
            arms.extend(quote!(#attrs #pat #guard => #block));
        }
        self.scope.close(&whole);
        quote!(#aliases #keyword #scrutinee { #arms })
    }
}

/// The span of the first token, with the user's edition.
fn first(tokens: &TokenStream) -> Span {
    tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span())
}
