//! Where locals in parts are bound: at the top of the state, since what borrows
//! from them may leave the scopes that they were bound in, if they were borrows
//! there. One whose name means something else at the top has a name of ours there:
//!
//! ```text
//! let mut __flow_b3 = Some(__flow_s3 { email: __flow_l7 });
//! .. { let Some(mut order) = __flow_a3.open(&mut __flow_b3) .. last = &order.email; }
//! ```
//!
//! What was a borrow is one of `__flow_b3`; what was owned is taken out of it, since
//! its parts may be moved away.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::parts;
use super::writer::Writer;
use crate::ids::LocalId;
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
            } else if self.machine.plain.may_hide(root) {
                let (name, built) = (names::built(root), self.value(root));
                let some = names::some();
                quote!(let mut #name = #some(#built);)
            } else {
                TokenStream::new()
            }
        });
        built.collect()
    }

    /// Binds what is there of a local in parts where its scope is opened.
    pub(super) fn built_here(&mut self, root: LocalId) -> TokenStream {
        if !self.machine.plain.may_hide(root) {
            return self.built(root);
        }
        let (ident, name) = (self.ident(root), names::built(root));
        let asked = names::asked(root, ident.span());
        let (runtime, some) = (names::runtime(Span::call_site()), names::some());
        let label = names::machine_label();
        let spares = self.bound(root);
        quote! {
            let #some(mut #ident) = ({
                use #runtime::{ViaBorrow as _, ViaTaken as _};
               (&&#asked).open(&mut #name)
            }) else { break #label };
            #spares
        }
    }

    fn built(&mut self, root: LocalId) -> TokenStream {
        let (ident, built) = (self.ident(root), self.value(root));
        let spares = self.bound(root);
        quote!(let mut #ident = #built; #spares)
    }

    /// Notes that a local in parts has been bound, and makes their spares.
    fn bound(&mut self, root: LocalId) -> TokenStream {
        self.scope.bind(&[root]);
        let parts = parts::kept_of(self.machine, self.state, root);
        let parts: Vec<LocalId> = parts.map(|(part, _)| part).collect();
        self.spares(&parts)
    }

    fn value(&self, root: LocalId) -> TokenStream {
        parts::built(self.machine, self.state, root)
    }
}
