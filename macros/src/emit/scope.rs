//! Which local a name means at each place of a state's code, while it is
//! written.
//!
//! A local that the next state needs, but whose name an inner one has taken,
//! cannot be named where the machine waits. It is kept outside of what hides
//! it: the way out leads there.
//!
//! ```text
//! let x = 1; { let x = 2; .. wait, keeping both }
//! =>
//! let x = 1;
//! 'e0: {
//!     'e1: {
//!         { let x = 2; .. keep x; wait; break 'e1 }
//!         break 'e0
//!     }
//!     keep x; continue 'm
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::Lifetime;

use crate::ids::LocalId;
use crate::machine::{Machine, Piece, State, exits};
use crate::names;

/// The names in scope while a state's code is written.
pub(super) struct Scope<'a> {
    machine: &'a Machine<'a>,
    state: &'a State<'a>,
    visible: Vec<LocalId>,
    /// The parts of locals of which there are spares.
    spares: Vec<LocalId>,
    /// The open levels, innermost last.
    levels: Vec<Level>,
    labels: usize,
}

/// Code in which some name hides a local that is needed.
struct Level {
    /// How much was visible before.
    visible: usize,
    /// The ways out, and what each does behind the code.
    ways: Vec<(Lifetime, TokenStream)>,
}

/// Where on the way out something is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Begin,
    /// Behind what hides it.
    Behind,
}

/// Where a scope began.
pub(super) struct Mark(usize, usize);

impl<'a> Scope<'a> {
    pub(super) fn new(machine: &'a Machine<'a>, state: &'a State<'a>) -> Self {
        Self {
            machine,
            state,
            visible: Vec::new(),
            spares: Vec::new(),
            levels: Vec::new(),
            labels: 0,
        }
    }

    pub(super) fn open(&self) -> Mark {
        Mark(self.visible.len(), self.spares.len())
    }

    pub(super) fn close(&mut self, mark: &Mark) {
        self.visible.truncate(mark.0);
        self.spares.truncate(mark.1);
    }

    /// Notes that `locals` are bound from here on.
    pub(super) fn bind(&mut self, locals: &[LocalId]) {
        self.visible.extend(locals);
    }

    /// Notes that there is a spare of `part`.
    pub(super) fn spare(&mut self, part: LocalId) {
        self.spares.push(part);
    }

    pub(super) fn has_spare(&self, part: LocalId) -> bool {
        self.spares.contains(&part)
    }

    /// Whether `locals` hide one that some way out of `rest` hands over.
    pub(super) fn hides(&self, locals: &[LocalId], rest: &[Piece<'_>]) -> bool {
        locals.iter().any(|local| {
            let hidden = self.meaning(*local, self.visible.len());
            hidden.is_some_and(|hidden| {
                hidden != *local && !self.state.carries(hidden) && self.hands_over(hidden, rest)
            })
        })
    }

    /// Whether some way out of `code` hands over `local`.
    fn hands_over(&self, local: LocalId, code: &[Piece<'_>]) -> bool {
        let mut found = false;
        exits(code, &mut |entry| {
            let next = self.machine.by_entry.get(&entry);
            let next = next.map(|next| &self.machine.states[*next]);
            let kept = next.into_iter();
            let mut kept = kept.flat_map(|next| next.kept.union(&next.passed));
            found |= kept.any(|kept| self.machine.plain.root(*kept) == local);
        });
        found
    }

    /// Opens a level.
    pub(super) fn enter(&mut self) {
        self.levels.push(Level {
            visible: self.visible.len(),
            ways: Vec::new(),
        });
    }

    /// Closes a level around its code.
    pub(super) fn leave(&mut self, code: TokenStream) -> TokenStream {
        let Some(Level { ways, .. }) = self.levels.pop() else {
            return code;
        };
        if ways.is_empty() {
            return code;
        }
        let end = self.label();
        let inner = quote!(#code break #end;);
        let ways = ways
            .iter()
            .fold(inner, |inner, (label, way)| quote!(#label: { #inner } #way));
        quote!(#end: { #ways })
    }

    fn label(&mut self) -> Lifetime {
        self.labels += 1;
        names::way_label(self.labels)
    }

    /// The way out that hands over `locals`: `keep` those that can be named, do
    /// `then`, and leave the levels that hide the others.
    pub(super) fn way_out(
        &mut self,
        locals: &[LocalId],
        keep: &dyn Fn(&[LocalId], Place) -> TokenStream,
    ) -> TokenStream {
        let (depth, visible) = (self.levels.len(), self.visible.len());
        self.way_from((depth, visible), locals, Place::Begin, keep)
    }

    fn way_from(
        &mut self,
        (depth, visible): (usize, usize),
        locals: &[LocalId],
        place: Place,
        keep: &dyn Fn(&[LocalId], Place) -> TokenStream,
    ) -> TokenStream {
        let (named, hidden): (Vec<LocalId>, Vec<LocalId>) = locals
            .iter()
            .partition(|local| self.means(**local, visible));
        let kept = keep(&named, place);
        let outer = (0..depth).rev().find(|level| {
            let level = self.levels.get(*level);
            level.is_some_and(|level| {
                let mut hidden = hidden.iter();
                hidden.any(|local| self.means(*local, level.visible))
            })
        });
        let visible = outer.and_then(|outer| Some(self.levels.get(outer)?.visible));
        let (Some(outer), Some(visible)) = (outer, visible) else {
            let machine = names::machine_label();
            return quote!(#kept continue #machine;);
        };
        let behind = self.way_from((outer, visible), &hidden, Place::Behind, keep);
        let label = self.label();
        let way = quote!(#kept break #label;);
        let level = self.levels.get_mut(outer).expect("it was found above");
        level.ways.push((label, behind));
        way
    }

    /// Whether a local that got no value in any case is not even declared in this state:
    /// rustc says so, of the plain copy.
    pub(super) fn lacks(&self, local: LocalId) -> bool {
        let root = self.machine.plain.root(local);
        self.machine.plain.deferred.contains(&root)
            && self.meaning(root, self.visible.len()).is_none()
    }

    /// Whether the name of `local`, or of what it is a part of, means it.
    fn means(&self, local: LocalId, visible: usize) -> bool {
        let root = self.machine.plain.root(local);
        // What lives around the arms of a block may have a name of ours there.
        let captures = self
            .state
            .block()
            .map(|block| &self.machine.captures[block]);
        captures.is_some_and(|captures| captures.hidden.contains(&root))
            || self.meaning(root, visible) == Some(root)
    }

    /// What the name of `local` means where that much is visible.
    fn meaning(&self, local: LocalId, visible: usize) -> Option<LocalId> {
        let name = self.name(local);
        let visible = self.visible.get(..visible).unwrap_or_default();
        let mut inner_first = visible.iter().rev();
        inner_first
            .find(|other| self.name(**other) == name)
            .copied()
    }

    fn name(&self, local: LocalId) -> &'a str {
        &self.machine.plain.locals[local].name
    }
}
