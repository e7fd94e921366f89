//! A flow as the user wrote it.

use proc_macro2::Ident;
use syn::token::Paren;
use syn::{Attribute, Block, Generics, Type, Visibility};

/// What stands in `#[flow(..)]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FlowArgs {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<u32>,
    pub(crate) allows: Vec<Allow>,
    /// Whether it is warned of what only other machines do otherwise.
    pub(crate) strict: bool,
    /// Whether they could not be read: what is allowed is not known.
    pub(crate) unclear: bool,
}

impl FlowArgs {
    /// Whether the flow may use this group.
    pub(crate) fn allows(&self, group: &str) -> bool {
        self.allows.iter().any(|allow| allow.group == group)
    }
}

/// `allow(wall_clock, reason = "..")`: a group of what differs from run to run
/// that this flow may use all the same.
#[derive(Debug, Clone)]
pub(crate) struct Allow {
    pub(crate) group: Ident,
    pub(crate) reason: String,
}

/// A parsed `#[flow]` function.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) args: FlowArgs,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    /// Its type and const parameters, those for `impl Trait` arguments too.
    pub(crate) generics: Generics,
    pub(crate) params: Vec<Param>,
    /// What they stand in, behind which rustc says that a result may stand.
    pub(crate) paren: Paren,
    pub(crate) ret: Type,
    /// Whether the signature has a type for it.
    pub(crate) is_ret_said: bool,
    pub(crate) body: Block,
}

impl Flow {
    /// The name under which the flow is registered and stored.
    pub(crate) fn name(&self) -> String {
        let given = self.args.name.clone();
        given.unwrap_or_else(|| syn::ext::IdentExt::unraw(&self.ident).to_string())
    }

    /// Whether it has type or const parameters.
    pub(crate) fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }

    /// The `self` of a method.
    pub(crate) fn receiver(&self) -> Option<&Param> {
        self.params.iter().find(|param| param.is_receiver())
    }

    /// The version of its code.
    pub(crate) fn version(&self) -> u32 {
        self.args.version.unwrap_or(1)
    }
}

/// A parameter: patterns have become names by now, see `parse`.
#[derive(Debug, Clone)]
pub(crate) struct Param {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    /// The name under which it is stored.
    pub(crate) stored: String,
    pub(crate) mutable: bool,
    pub(crate) ty: Type,
}

impl Param {
    /// Whether it is the `self` of a method.
    pub(crate) fn is_receiver(&self) -> bool {
        self.stored == "self"
    }
}
