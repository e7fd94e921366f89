//! Gate 1: what cannot be a flow is refused here, on the user's own code, all
//! of it at once. Changes nothing.

mod alternatives;
pub(crate) mod catalog;
pub(crate) mod determinism;
mod items;
mod jumps;
mod labels;
mod macro_lets;
mod outputs;
mod size;
mod waits;

pub(crate) use self::determinism::Source;

use crate::diag::Diagnostics;
use crate::model::Flow;

/// Reports all that stands in the way of lowering `flow`, which stands at
/// `source`. Gives whether rustc may check the body all the same: it has nothing to
/// add to what is refused.
pub(crate) fn flow(flow: &Flow, source: &Source, diag: &mut Diagnostics) -> bool {
    size::check(flow, diag);
    items::check(flow, diag);
    labels::check(flow, diag);
    jumps::check(flow, diag);
    waits::check(flow, diag);
    let is_lowered = diag.is_empty();
    macro_lets::check(flow, diag);
    let is_said_once = determinism::flow(flow, source, diag);
    is_lowered && is_said_once
}
