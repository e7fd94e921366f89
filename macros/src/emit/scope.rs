//! Which local a name means at each place of a state's code, while it is
//! written.
//!
//! A local that is still needed, but whose name an inner one has taken, is
//! reached by a reference that is made just before:
//!
//! ```text
//! let x = 1; { let __flow_l0 = &x; let x = 2; .. wait, keeping x and *__flow_l0 }
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ids::LocalId;
use crate::machine::{Machine, State, exits};
use crate::names;

/// The names in scope while a state's code is written.
pub(super) struct Scope<'a> {
    machine: &'a Machine<'a>,
    state: &'a State<'a>,
    visible: Vec<LocalId>,
    aliased: Vec<LocalId>,
    /// What some way out of the state must hand over.
    needed: BTreeSet<LocalId>,
}

/// Where a scope began.
pub(super) struct Mark(usize, usize);

impl<'a> Scope<'a> {
    pub(super) fn new(machine: &'a Machine<'a>, state: &'a State<'a>) -> Self {
        let mut needed = BTreeSet::new();
        exits(&state.code, &mut |entry| {
            if let Some(next) = machine.by_entry.get(&entry) {
                needed.extend(&machine.states[*next].kept);
            }
        });
        Self {
            machine,
            state,
            visible: Vec::new(),
            aliased: Vec::new(),
            needed,
        }
    }

    pub(super) fn open(&self) -> Mark {
        Mark(self.visible.len(), self.aliased.len())
    }

    pub(super) fn close(&mut self, mark: &Mark) {
        self.visible.truncate(mark.0);
        self.aliased.truncate(mark.1);
    }

    /// Notes that `locals` are bound from here on; gives the references to
    /// the ones they hide, to be written before.
    pub(super) fn bind(&mut self, locals: &[LocalId]) -> TokenStream {
        let mut aliases = TokenStream::new();
        for local in locals {
            if let Some(outer) = self.meaning(*local)
                && outer != *local
                && self.needed.contains(&outer)
                && !self.state.carries(outer)
                && !self.aliased.contains(&outer)
            {
                let (alias, ident) = (names::restored(outer), self.ident(outer));
                aliases.extend(quote!(let #alias = &#ident;));
                self.aliased.push(outer);
            }
        }
        self.visible.extend(locals);
        aliases
    }

    /// A reference to a local that has a value here.
    pub(super) fn reference(&self, local: LocalId) -> TokenStream {
        if self.meaning(local) == Some(local) {
            let ident = self.ident(local);
            quote!(&#ident)
        } else {
            let alias = names::restored(local);
            quote!(#alias)
        }
    }

    /// What the name of `local` means here.
    fn meaning(&self, local: LocalId) -> Option<LocalId> {
        let ident = self.ident(local);
        self.visible
            .iter()
            .rev()
            .find(|other| self.ident(**other) == ident)
            .copied()
    }

    fn ident(&self, local: LocalId) -> &'a proc_macro2::Ident {
        &self.machine.plain.locals[local].ident
    }
}
