//! The first gate against what differs from run to run: clocks, randomness,
//! environment, files, network, threads, output, unordered collections.
//!
//! In: a flow and the place it stands at. Out: a refusal for each use, at its
//! token, with what to write instead. It sees paths, not types: what helpers
//! of other files do is for the later gates.

mod message;
mod names;
mod resolve;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use self::source::Source;

use crate::diag::Diagnostics;
use crate::model::Flow;

/// Refuses each use in `flow` of what differs from run to run.
pub(super) fn flow(flow: &Flow, source: &Source, diag: &mut Diagnostics) {
    walk::flow(flow, source::modules(source), diag);
}
