//! The locals of a flow, and the parts of them that count by themselves.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{Member, Type};

use crate::ids::LocalId;

/// A local variable.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    pub(crate) ident: Ident,
    pub(crate) kind: LocalKind,
    /// The name under which it is stored.
    pub(crate) stored: String,
    /// Its type where it is declared without a value.
    pub(crate) ty: Option<Type>,
    /// The locals from which a derived one is made again after an await,
    /// instead of being stored.
    pub(crate) derived_from: Option<BTreeSet<LocalId>>,
    /// Whether it is known to be a borrow: then so is whatever is bound by
    /// matching it, and nothing is a copy.
    pub(crate) is_borrow: bool,
    /// Whether it may be a shared borrow of what cannot be made again: then a
    /// copy of what is borrowed is stored.
    pub(crate) is_lent: bool,
    /// Whether it comes from a call that may give such a borrow, as its name does
    /// not tell.
    pub(crate) is_unsure: bool,
    /// What it is, if borrows are put into it that it has not at first.
    pub(crate) shape: Option<Shape>,
    /// What it is a part of, where only some fields of a local are needed.
    pub(crate) part: Option<Part>,
}

impl Local {
    /// Whether rustc is asked in which form it is stored.
    pub(crate) fn is_probed(&self) -> bool {
        self.is_lent || self.is_unsure || self.shape.is_some()
    }
}

/// What holds borrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `Option<&T>`
    Maybe,
    /// `Vec<&T>`
    List,
}

/// Fields of a local that are kept by themselves, since others may have been
/// moved away.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) root: LocalId,
    pub(crate) fields: Vec<Member>,
    /// Whether some code may move it away by itself.
    pub(crate) is_moved: bool,
}

/// Where a local comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LocalKind {
    Param,
    User,
    Temp,
}
