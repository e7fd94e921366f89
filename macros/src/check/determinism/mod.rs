//! The first gate against what differs from run to run: clocks, randomness,
//! environment, files, network, threads, output, unordered collections.
//!
//! In: a flow and the place it stands at. Out: a refusal for each use, at its
//! token, with what to write instead. It sees paths, not types: what helpers
//! of other files do is for the later gates.

mod arguments;
mod body;
mod chains;
mod conditions;
mod defaults;
mod enter;
mod held;
mod helpers;
mod home;
mod imports;
mod look_up;
mod meaning;
mod message;
mod names;
mod pointers;
mod receiver;
mod refusals;
mod resolve;
mod scan;
mod scope;
mod sink;
mod skim;
mod source;
mod statics;
mod stored;
mod table;
#[cfg(test)]
mod tests;
mod traits;
mod transcribed;
mod types;
mod walk;
mod words;
mod worlds;

pub(crate) use self::source::Source;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use syn::Type;

use self::refusals::Refusals;
use self::resolve::Resolver;
use self::source::Modules;
use self::walk::Walker;
use crate::check::catalog;
use crate::diag::Diagnostics;
use crate::model::{Allow, Flow};

/// Refuses each use in `flow` of what differs from run to run. Gives whether none of
/// it is what rustc would refuse again: no operation that can be awaited.
pub(super) fn flow(flow: &Flow, source: &Source, diag: &mut Diagnostics) -> bool {
    // What a wrong `allow` was for would be told a second time.
    if flow.args.unclear || !allowed(flow, diag) {
        return true;
    }
    walked(flow, source::modules(source).as_ref(), diag)
}

/// Warns of collections without an order in what an action gives to flows.
pub(crate) fn result(ty: &Type, source: &Source, diag: &mut Diagnostics) {
    told_of(ty, source::modules(source), diag);
}

fn told_of(ty: &Type, modules: Option<Modules>, diag: &mut Diagnostics) {
    let resolver = Resolver::new(modules, None);
    let mut results = refusals::Results { diag };
    Walker::new(resolver, &mut results).stored(ty);
}

fn walked(flow: &Flow, modules: Option<&Modules>, diag: &mut Diagnostics) -> bool {
    let mut is_said_once = walked_in(flow, modules, diag);
    for other in modules.map(source::beside).unwrap_or_default() {
        let mut more = Diagnostics::new();
        is_said_once &= walked_in(flow, Some(&other), &mut more);
        diag.append_new(more);
    }
    is_said_once
}

/// The same in one of the worlds that the file may be.
fn walked_in(flow: &Flow, modules: Option<&Modules>, diag: &mut Diagnostics) -> bool {
    let resolver = || Resolver::new(modules.cloned(), None);
    let mut signature = Refusals::of_signature(&flow.args, diag);
    Walker::new(resolver(), &mut signature).signature(flow);
    let mut body = Refusals::of_body(&flow.args, diag);
    Walker::new(resolver(), &mut body).body(flow);
    !body.is_awaited
}

/// Refuses groups that are none, and those that are given twice. Gives whether all are
/// known.
fn allowed(flow: &Flow, diag: &mut Diagnostics) -> bool {
    let known: Vec<&str> = table::GROUPS.iter().map(|group| group.id).collect();
    let allows = &flow.args.allows;
    for (at, allow) in allows.iter().enumerate() {
        let mut before = allows.iter().take(at);
        if before.any(|before| before.group == allow.group) {
            diag.refuse(&allow.group, catalog::ALLOWED_TWICE);
        }
        if !known.iter().any(|id| allow.group == id) {
            let meant = meant(&allow.group.to_string(), &known);
            let meant = meant.map_or_else(String::new, |meant| format!("did you mean `{meant}`? "));
            let (text, known) = (catalog::UNKNOWN_GROUP, known.join("`, `"));
            diag.refuse(
                &allow.group,
                format!("{text}\n\nhelp: {meant}the groups are `{known}`"),
            );
        }
    }
    let is_known = |allow: &Allow| known.iter().any(|id| allow.group == id);
    allows.iter().all(is_known)
}

/// The one of `known` that has most of the pairs of letters of `given`.
fn meant<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let pairs =
        |word: &str| -> BTreeSet<(char, char)> { word.chars().zip(word.chars().skip(1)).collect() };
    let given = pairs(given);
    let shared = |group: &&str| given.intersection(&pairs(group)).count();
    let best = known
        .iter()
        .copied()
        .max_by_key(|group| (shared(group), Reverse(group.len())))?;
    // A short word is like many.
    (given.len() > 2 && 2 * shared(&best) > given.len()).then_some(best)
}
