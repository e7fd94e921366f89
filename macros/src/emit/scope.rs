//! Which local a name means at each place of a state's code, while it is
//! written.
//!
//! A local that is still needed, but whose name an inner one has taken, is
//! reached by a reference that is made just before; what borrows it mutably
//! does so through the reference:
//!
//! ```text
//! let x = 1; { let __flow_l0 = &x; let x = 2; .. wait, keeping x and *__flow_l0 }
//! if let Some(x) = &mut x { .. }
//! =>
//! let __flow_l0 = &mut x; if let Some(x) = &mut (*__flow_l0) { .. }
//! ```

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use crate::ids::LocalId;
use crate::machine::{Machine, Piece, State, exits};
use crate::names;

/// The names in scope while a state's code is written.
pub(super) struct Scope<'a> {
    machine: &'a Machine<'a>,
    state: &'a State<'a>,
    visible: Vec<LocalId>,
    aliased: Vec<LocalId>,
}

/// Where a scope began.
pub(super) struct Mark(usize, usize);

impl<'a> Scope<'a> {
    pub(super) fn new(machine: &'a Machine<'a>, state: &'a State<'a>) -> Self {
        Self {
            machine,
            state,
            visible: Vec::new(),
            aliased: Vec::new(),
        }
    }

    pub(super) fn open(&self) -> Mark {
        Mark(self.visible.len(), self.aliased.len())
    }

    pub(super) fn close(&mut self, mark: &Mark) {
        self.visible.truncate(mark.0);
        self.aliased.truncate(mark.1);
    }

    /// Takes back what was bound since `mark`, but not the references.
    pub(super) fn unbind(&mut self, mark: &Mark) {
        self.visible.truncate(mark.0);
    }

    /// Notes that `locals` are bound from here on, for `rest`; gives the
    /// references to the ones they hide, to be written before.
    pub(super) fn bind(&mut self, locals: &[LocalId], rest: &[Piece<'_>]) -> TokenStream {
        self.bind_to(locals, &mut TokenStream::new(), rest)
    }

    /// The same for what is bound to `value`, which may borrow what is hidden.
    pub(super) fn bind_to(
        &mut self,
        locals: &[LocalId],
        value: &mut TokenStream,
        rest: &[Piece<'_>],
    ) -> TokenStream {
        let mut aliases = TokenStream::new();
        for local in locals {
            let hidden = self.meaning(*local).filter(|outer| outer != local);
            if let Some(outer) = hidden
                && !self.state.carries(outer)
                && !self.aliased.contains(&outer)
                && self.hands_over(outer, rest)
            {
                let (alias, ident) = (names::restored(outer), self.ident(outer));
                let mutable = through(value, ident, &alias).map(|through| {
                    *value = through;
                    quote!(mut)
                });
                aliases.extend(quote!(let #alias = & #mutable #ident;));
                self.aliased.push(outer);
            }
        }
        self.visible.extend(locals);
        aliases
    }

    /// Whether some way out of `code` hands over `local`.
    fn hands_over(&self, local: LocalId, code: &[Piece<'_>]) -> bool {
        let mut found = false;
        exits(code, &mut |entry| {
            let next = self.machine.by_entry.get(&entry);
            let kept = next.map(|next| &self.machine.states[*next].kept);
            let mut kept = kept.into_iter().flatten();
            found |= kept.any(|kept| self.machine.plain.root(*kept) == local);
        });
        found
    }

    /// A reference to a local that has a value here.
    pub(super) fn reference(&self, local: LocalId) -> TokenStream {
        let place = self.place(local);
        quote!(&#place)
    }

    /// The place of a local, or of a part of one, that has a value here.
    pub(super) fn place(&self, local: LocalId) -> TokenStream {
        let root = self.machine.plain.root(local);
        let part = self.machine.plain.locals[local].part.as_ref();
        let fields = part.map(|part| part.fields.as_slice()).unwrap_or_default();
        if self.meaning(root) == Some(root) {
            let ident = self.ident(root);
            quote!(#ident #(.#fields)*)
        } else {
            let alias = names::restored(root);
            quote!((*#alias) #(.#fields)*)
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

    fn ident(&self, local: LocalId) -> &'a Ident {
        &self.machine.plain.locals[local].ident
    }
}

/// `tokens` with `&mut (*alias)` for the mutable borrow of a place in `root`.
fn through(tokens: &TokenStream, root: &Ident, alias: &Ident) -> Option<TokenStream> {
    let mut search = Through {
        root,
        alias,
        borrows: 0,
        found: false,
    };
    let replaced = search.stream(tokens.clone());
    search.found.then_some(replaced)
}

struct Through<'a> {
    root: &'a Ident,
    alias: &'a Ident,
    /// How much of `&mut` stands before the token at hand.
    borrows: u8,
    found: bool,
}

impl Through<'_> {
    fn stream(&mut self, tokens: TokenStream) -> TokenStream {
        tokens.into_iter().map(|token| self.token(token)).collect()
    }

    fn token(&mut self, token: TokenTree) -> TokenStream {
        self.borrows = match (&token, self.borrows) {
            (TokenTree::Punct(punct), _) if punct.as_char() == '&' => 1,
            (TokenTree::Ident(word), 1) if word == "mut" => 2,
            (TokenTree::Punct(punct), 2) if punct.as_char() == '*' => 2,
            (TokenTree::Group(_), 2) => 2,
            (TokenTree::Ident(word), 2) if word == self.root => {
                self.found = true;
                self.borrows = 0;
                let alias = self.alias;
                return quote!((*#alias));
            }
            _ => 0,
        };
        match token {
            TokenTree::Group(group) => {
                let inner = self.stream(group.stream());
                let mut replaced = proc_macro2::Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            other => other.into(),
        }
    }
}
