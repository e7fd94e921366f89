//! Writes the code of a state: what comes in, the tree of its pieces, and the
//! ways out of it. What was bound before its entry is bound again by
//! `reopen`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Lifetime, Pat};

use super::refill::{self, Late};
use super::scope::Scope;
use super::{fork, restore, spares, transfer};
use crate::ids::{ConstructId, LocalId, StateId};
use crate::machine::{self, Entry, Machine, Piece, State};
use crate::model::JumpKind;
use crate::names;
use crate::syntax::pattern;
use crate::syntax::spans::first_span;

/// Writes the code of one state.
pub(super) struct Writer<'a> {
    pub(super) machine: &'a Machine<'a>,
    pub(super) state: &'a State<'a>,
    pub(super) scope: Scope<'a>,
    /// Locals whose names meet: each is bound where its scope is opened.
    pub(super) colliding: BTreeSet<LocalId>,
    /// The parts that are filled on some way out.
    spares: BTreeSet<LocalId>,
    /// Those of them whose locals are declared without a value, or may be replaced.
    late: Vec<Late>,
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
            late: Vec::new(),
        };
        let whole = |local: &LocalId| machine.plain.locals[*local].part.is_none();
        let mut named: Vec<LocalId> = state.restored().filter(whole).collect();
        writer.bound_again(&state.code, &mut named);
        named.extend(writer.visibly_written());
        let name = |local: LocalId| &machine.plain.locals[local].name;
        writer.colliding = named
            .iter()
            .filter(|one| {
                named
                    .iter()
                    .any(|other| other != *one && name(*other) == name(**one))
            })
            .copied()
            .collect();
        writer
    }

    pub(super) fn ident(&self, local: LocalId) -> &'a Ident {
        &self.machine.plain.locals[local].ident
    }

    /// What comes into the state.
    pub(super) fn entry(&mut self, id: StateId) -> TokenStream {
        let (machine, state) = (self.machine, self.state);
        let first = at_entry(&state.code);
        let encoded = state.encoded();
        let taken: Vec<LocalId> = state
            .restored()
            .filter(|local| encoded.contains(local))
            .collect();
        let slot = restore::from_slot(machine, id, |local| self.binding(local));
        let binding = |local| self.binding(local);
        let taken = match (state.entry, state.outcome) {
            (Entry::Resume(_), Some(into)) if let Some(forked) = state.fork => {
                let outcome = fork::outcome(machine, state, forked, self.ident(into));
                let take = restore::take(machine, &taken, binding);
                quote!(#outcome #take)
            }
            (Entry::Resume(point), Some(into)) => {
                restore::resume(machine, (point, self.ident(into)), &taken, binding)
            }
            _ => restore::take(machine, &taken, binding),
        };
        let top: Vec<LocalId> = state
            .restored()
            .filter(|local| !self.is_bound_later(*local))
            .chain(state.outcome)
            .collect();
        let written: Vec<LocalId> = self.visibly_written().copied().collect();
        self.scope.bind(&written);
        self.scope.bind(&top);
        let spares = self.spares(&top);
        let built = self.built_first();
        quote!(#first #slot #taken #spares #built)
    }

    /// The spares for parts of `locals`, which have just been bound.
    pub(super) fn spares(&mut self, locals: &[LocalId]) -> TokenStream {
        let (made, renewed) = spares::make(self.machine, &mut self.scope, &self.spares, locals);
        self.late.extend(renewed);
        made
    }

    /// Declares the spares for parts of `locals`, which have just been declared
    /// without a value.
    pub(super) fn spares_later(&mut self, locals: &[LocalId]) -> TokenStream {
        let late = spares::declare(self.machine, &mut self.scope, &self.spares, locals);
        let names = late.iter().map(|late| &late.spare);
        let declared = quote!(#(let mut #names;)*);
        self.late.extend(late);
        declared
    }

    /// The code of the state.
    pub(super) fn code(&mut self) -> TokenStream {
        let known = self.late.len();
        let code = self.pieces(&self.state.code);
        if self.late.is_empty() {
            return code;
        }
        refill::behind_assignments(&self.late, known, code)
    }

    /// A pattern with `mut` for each of `locals` that gets back what was moved out
    /// of it.
    pub(super) fn filled(&self, pat: &Pat, locals: &[LocalId]) -> Pat {
        let spares = self
            .spares
            .iter()
            .map(|part| self.machine.plain.root(*part));
        let filled = spares.filter(|root| locals.contains(root));
        let filled: Vec<&Ident> = filled.map(|root| self.ident(root)).collect();
        pattern::mutable(pat, &filled)
    }

    /// A block at whose begin `locals` have just been bound.
    pub(super) fn block_behind(&mut self, locals: &[LocalId], pieces: &[Piece<'a>]) -> TokenStream {
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

    fn pieces(&mut self, pieces: &[Piece<'a>]) -> TokenStream {
        let mut code = TokenStream::new();
        let mut rest = pieces;
        while let Some((piece, behind)) = rest.split_first() {
            let bound = match piece {
                Piece::Bind { bind, .. } | Piece::Rebind(bind) => bind.locals.as_slice(),
                Piece::Declare(locals) => locals,
                _ => &[],
            };
            if self.scope.hides(bound, behind) {
                code.extend(self.level(true, |own| {
                    let mut hidden = own.piece(piece);
                    hidden.extend(own.pieces(behind));
                    hidden
                }));
                return code;
            }
            code.extend(self.piece(piece));
            rest = behind;
        }
        code
    }

    /// Writes code in which a name hides a local that is needed behind it, if
    /// `hides` says so.
    pub(super) fn level(
        &mut self,
        hides: bool,
        write: impl FnOnce(&mut Self) -> TokenStream,
    ) -> TokenStream {
        if !hides {
            return write(self);
        }
        self.scope.enter();
        let code = write(self);
        self.scope.leave(code)
    }

    fn piece(&mut self, piece: &Piece<'a>) -> TokenStream {
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
                quote_spanned!(first_span(tokens)=> return #tokens;)
            }
            Piece::Jump(jump) => {
                let label = label(jump.kind, jump.to);
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
            Piece::If {
                branch,
                then,
                otherwise,
            } => {
                let hides = self.scope.hides(&branch.locals(), then);
                self.level(hides, |own| own.branch(branch, then, otherwise.as_deref()))
            }
            Piece::Then { branch, body } => {
                let hides = self.scope.hides(&branch.locals(), body);
                self.level(hides, |own| own.reopened_branch(branch, body))
            }
            Piece::Match { matched, arms } => self.matched(matched, arms),
            Piece::Arm { matched, arm, body } => {
                let arm = matched.arms.get(*arm).expect("assembled from this match");
                let hides = self.scope.hides(&arm.locals, body);
                self.level(hides, |own| own.reopened_arm(matched, arm, body))
            }
            Piece::Labelled {
                kind,
                construct,
                body,
            } => {
                let label = label(*kind, *construct);
                let body = self.block(body);
                quote!(#label: #body)
            }
            Piece::Suspend { point, op } => {
                transfer::suspend(self.machine, self.state, &mut self.scope, *point, op)
            }
            Piece::Fork(forked) => fork::begin(self.machine, self.state, &mut self.scope, forked),
            Piece::Goto(entry) => transfer::goto(self.machine, self.state, &mut self.scope, *entry),
        }
    }
}

/// What the code of a state binds where the state begins.
fn at_entry(code: &[Piece<'_>]) -> TokenStream {
    let mut found = TokenStream::new();
    machine::pieces(code, &mut |piece| {
        if let Piece::Bind { bind, .. } = piece
            && let Some(init) = bind.init.as_ref().filter(|_| bind.at_entry)
        {
            let (pat, value) = (&bind.pat, &init.tokens);
            found.extend(quote!(let #pat = #value;));
        }
    });
    found
}

/// The label to which a jump leads.
pub(super) fn label(kind: JumpKind, construct: ConstructId) -> Lifetime {
    match kind {
        JumpKind::Break => names::break_label(construct),
        JumpKind::Continue => names::continue_label(construct),
    }
}
