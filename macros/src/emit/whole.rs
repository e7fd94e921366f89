//! Where locals in parts are bound: at the top of the state, since what borrows
//! from them may leave the scopes that they were bound in, if they were borrows
//! there. One whose name means something else at the top has a name of ours there:
//!
//! ```text
//! let mut __flow_b3 = __flow_s3 { email: __flow_l7 };
//! .. { let order = &mut __flow_b3; last = &order.email; }
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::parts;
use super::writer::Writer;
use crate::ids::LocalId;
use crate::model::Part;
use crate::names;

impl Writer<'_> {
    /// Binds, at the top of the state, what is there of all locals in parts.
    pub(super) fn built_first(&mut self) -> TokenStream {
        let parts = self.state.restored();
        let roots =
            parts.filter_map(|local| Some(self.machine.plain.locals[local].part.as_ref()?.root));
        let roots: BTreeSet<LocalId> = roots.collect();
        let built = roots.into_iter().map(|root| {
            if !self.colliding.contains(&root) {
                self.built(root)
            } else if self.stays_whole(root) {
                let (name, built) = (names::built(root), self.value(root));
                quote!(let mut #name = #built;)
            } else {
                TokenStream::new()
            }
        });
        built.collect()
    }

    /// Binds what is there of a local in parts where its scope is opened.
    pub(super) fn built_here(&mut self, root: LocalId) -> TokenStream {
        if !self.stays_whole(root) {
            return self.built(root);
        }
        let (ident, name) = (self.ident(root), names::built(root));
        self.scope.bind(&[root]);
        self.scope.lend(root);
        quote!(let #ident = &mut #name;)
    }

    fn built(&mut self, root: LocalId) -> TokenStream {
        let (ident, built) = (self.ident(root), self.value(root));
        self.scope.bind(&[root]);
        let parts = parts::kept_of(self.machine, self.state, root);
        let parts: Vec<LocalId> = parts.map(|(part, _)| part).collect();
        let spares = self.spares(&parts);
        quote!(let mut #ident = #built; #spares)
    }

    fn value(&self, root: LocalId) -> TokenStream {
        parts::built(self.machine, self.state, root)
    }

    /// Whether no code takes what is there of a local apart: a borrow of it will do.
    fn stays_whole(&self, root: LocalId) -> bool {
        let plain = self.machine.plain;
        let is_moved = |part: &Part| part.root == root && part.is_moved;
        let moved = plain.locals.iter();
        let mut moved = moved.filter(|(_, row)| row.part.as_ref().is_some_and(is_moved));
        let kept: Vec<LocalId> = parts::kept_of(self.machine, self.state, root)
            .map(|(part, _)| part)
            .collect();
        !moved.any(|(part, _)| plain.lies_in(part, &kept))
    }
}
