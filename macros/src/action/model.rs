//! An action as the user wrote it, its options checked and its parameters
//! sorted by where their values come from.

use std::time::Duration;

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ItemFn, Type};

/// What stands in `#[action(..)]`.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) name: Option<String>,
    pub(super) retry: Retry,
    /// A policy that has a name, instead.
    pub(super) shared_retry: Option<Expr>,
    /// Whether another attempt may help after an error.
    pub(super) retry_if: Option<Expr>,
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    /// The longest time between two heartbeats.
    pub(super) heartbeat: Option<Heartbeat>,
    pub(super) at_most_once: bool,
}

/// What `heartbeat = ".."` says, and where.
#[derive(Debug)]
pub(super) struct Heartbeat {
    pub(super) limit: Duration,
    pub(super) at: TokenStream,
}

/// What stands in `retry(..)`; what is not given is the runtime's default.
#[derive(Debug, Default)]
pub(super) struct Retry {
    pub(super) limit: Option<Limit>,
    pub(super) first_delay: Option<Duration>,
    pub(super) factor: Option<f64>,
    pub(super) max_delay: Option<Duration>,
    pub(super) jitter: Option<f64>,
}

/// How many attempts there are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    Never,
    Forever,
    Attempts(u32),
}

/// A function that can be an action.
#[derive(Debug)]
pub(super) struct Action {
    pub(super) options: Options,
    pub(super) function: ItemFn,
    pub(super) params: Vec<Param>,
    pub(super) ret: Type,
}

/// Where the value of a parameter comes from.
#[derive(Debug)]
pub(super) enum Param {
    /// The engine provides it; this is the type in `Dep<..>`.
    Dep(Box<Type>),
    /// The attempt itself.
    Cx,
    /// The call.
    Argument(Box<Argument>),
}

/// A parameter that appears in the call.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) ident: Ident,
    /// The type as written.
    pub(super) ty: Type,
    pub(super) form: Form,
}

/// How an argument is taken.
#[derive(Debug)]
pub(super) enum Form {
    /// `T`
    Owned,
    /// `&T`
    Borrowed(Type),
    /// `&[T]`
    Slice(Type),
    /// `&str`, `&Path`: unsized, but not a slice.
    Unsized(Type),
}

impl Action {
    /// The name under which the action is registered and stored.
    pub(super) fn name(&self) -> String {
        let given = self.options.name.clone();
        given.unwrap_or_else(|| plain(&self.function.sig.ident))
    }

    /// The parameters that appear in the call.
    pub(super) fn arguments(&self) -> impl Iterator<Item = &Argument> {
        self.params.iter().filter_map(|param| match param {
            Param::Argument(argument) => Some(&**argument),
            Param::Dep(_) | Param::Cx => None,
        })
    }
}

impl Argument {
    /// The name under which the argument is stored.
    pub(super) fn name(&self) -> String {
        plain(&self.ident)
    }
}

/// The name without `r#`.
fn plain(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}
