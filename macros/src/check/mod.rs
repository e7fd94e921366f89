//! Gate 1: what cannot be a flow is refused here, on the user's own code, all
//! of it at once. Changes nothing.

pub(crate) mod catalog;
mod waits;

use crate::diag::Diagnostics;
use crate::model::Flow;

/// Reports all that stands in the way of lowering `flow`.
pub(crate) fn flow(flow: &Flow, diag: &mut Diagnostics) {
    waits::check(flow, diag);
}
