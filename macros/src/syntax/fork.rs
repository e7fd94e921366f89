//! `flow::join!`, `flow::try_join!` and `flow::race!`, which wait for several operations.
//!
//! `crate::fork` makes calls of them before any pass looks at a body, each
//! with an attribute of ours, so that all passes see the operands as code.

use syn::{ExprCall, Path};

/// What a fork waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// All of its operands.
    Join,
    /// All of its operands, or the first that ends with an `Err`.
    TryJoin,
    /// The first of them.
    Race,
}

/// All of them.
pub(crate) const KINDS: [Kind; 3] = [Kind::Join, Kind::TryJoin, Kind::Race];

/// The word that marks a call as a fork, in the attribute in front of it.
pub(crate) const fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Join => "__flow_join",
        Kind::TryJoin => "__flow_try_join",
        Kind::Race => "__flow_race",
    }
}

/// The fork that a call stands for.
pub(crate) fn of(call: &ExprCall) -> Option<Kind> {
    let attr = call.attrs.first()?;
    KINDS
        .into_iter()
        .find(|kind| attr.path().is_ident(mark(*kind)))
}

/// The fork that a macro of this path is: `flow::join!`, however `flow` is
/// reached.
pub(crate) fn named(path: &Path) -> Option<Kind> {
    let mut segments = path.segments.iter().rev();
    let (name, module) = (segments.next()?, segments.next()?);
    if module.ident != "flow" {
        return None;
    }
    match name.ident.to_string().as_str() {
        "join" => Some(Kind::Join),
        "try_join" => Some(Kind::TryJoin),
        "race" => Some(Kind::Race),
        _ => None,
    }
}
