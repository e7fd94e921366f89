//! The locals of a flow, and the parts of them that count by themselves.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{Member, Type};

use crate::ids::LocalId;

/// A local variable.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    pub(crate) ident: Ident,
    /// Its name once more: to compare identifiers, rustc must be asked for both.
    pub(crate) name: String,
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
    /// Whether rustc is asked in which form it is stored: what its name does not
    /// tell, its type does.
    pub(crate) is_asked: bool,
    /// What it is a part of, where only some fields of a local are needed.
    pub(crate) part: Option<Part>,
}

impl Local {
    /// A local of which nothing else is known yet.
    pub(crate) fn new(ident: Ident, kind: LocalKind) -> Self {
        Self {
            name: ident.to_string(),
            ident,
            kind,
            stored: String::new(),
            ty: None,
            derived_from: None,
            is_borrow: false,
            is_lent: false,
            is_asked: false,
            part: None,
        }
    }
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
