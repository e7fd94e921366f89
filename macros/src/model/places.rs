//! What locals and their parts are to each other, and where they lie.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::local::{LocalKind, Part};
use super::plain::{Code, Plain};
use crate::ids::LocalId;

impl Plain {
    /// The parts of locals.
    pub(crate) fn parts(&self) -> Vec<LocalId> {
        let parts = self.locals.iter();
        let parts = parts.filter(|(_, local)| local.part.is_some());
        parts.map(|(id, _)| id).collect()
    }

    /// The local that `local` is, or is a part of.
    pub(crate) fn root(&self, local: LocalId) -> LocalId {
        let part = self.locals[local].part.as_ref();
        part.map_or(local, |part| part.root)
    }

    /// Whether a local may be a borrow whose name hides another's.
    pub(crate) fn may_hide(&self, root: LocalId) -> bool {
        let (name, kind) = (&self.locals[root].name, self.locals[root].kind);
        let mut others = self.locals.iter();
        kind != LocalKind::Param
            && others.any(|(other, row)| other != root && row.part.is_none() && row.name == *name)
    }

    /// The place of a local, or of a part of one, where it can be named.
    pub(crate) fn place(&self, local: LocalId) -> TokenStream {
        let ident = &self.locals[self.root(local)].ident;
        let part = self.locals[local].part.as_ref();
        let fields = part.map(|part| part.fields.as_slice()).unwrap_or_default();
        quote!(#ident #(.#fields)*)
    }

    /// The parts of what code uses as a whole that it does not use.
    pub(crate) fn spared_by(&self, code: &Code) -> BTreeSet<LocalId> {
        let untouched = |local: &LocalId| {
            let part = self.locals[*local].part.as_ref();
            part.is_some_and(|part| {
                let spared = code.untouched.get(&part.root);
                spared.is_some_and(|all| all.iter().all(|spared| spared.has(&part.fields)))
            })
        };
        let mut spared = code.spared.clone();
        if !code.untouched.is_empty() {
            spared.extend(self.parts().into_iter().filter(untouched));
        }
        spared
    }

    /// Whether `part` lies in one of `wholes`, or is one of them.
    pub(crate) fn lies_in<'i>(
        &self,
        part: LocalId,
        wholes: impl IntoIterator<Item = &'i LocalId>,
    ) -> bool {
        let mut wholes = wholes.into_iter();
        wholes.any(|whole| part == *whole || self.is_inside(part, *whole))
    }

    /// Whether `part` lies in `whole`, and is not the same.
    pub(crate) fn is_inside(&self, part: LocalId, whole: LocalId) -> bool {
        let Some(Part { root, fields, .. }) = &self.locals[part].part else {
            return false;
        };
        match &self.locals[whole].part {
            None => *root == whole,
            Some(outer) => {
                part != whole && *root == outer.root && fields.starts_with(&outer.fields)
            }
        }
    }
}
