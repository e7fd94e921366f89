//! Locals that are kept as a whole where something has been moved out of them.
//!
//! ```text
//! let items = order.items;         // moved away
//! order.items = sort(items).await; // and given back: nobody needs it between
//! save(order).await
//! ```
//!
//! A local is kept by its parts where only these are needed. Where it is given
//! back as a whole, or a part of it is, the next state must have all of it: so
//! it is kept as a whole, and what has been moved away is filled with a spare
//! that nobody reads. What a pattern has broken is filled with a spare of all of
//! it: the rest of that is read, so it must be what it was.

use std::collections::BTreeSet;

use super::Entry;
use super::assemble::at_entry;
use crate::graph::Graph;
use crate::ids::LocalId;
use crate::live::{self, Live};
use crate::model::{Part, Plain};

/// What is needed of locals in any way, by itself or as a part.
pub(super) struct Needs {
    graph: Graph,
    live: Live,
}

impl Needs {
    /// The needs of a flow; of most nothing is moved away.
    pub(super) fn of(plain: &Plain, graph: &Graph) -> Option<Self> {
        let mut locals = plain.locals.iter();
        locals
            .any(|(local, _)| may_be_stale(plain, local))
            .then(|| {
                let graph = graph.by_parts(plain);
                let live = live::solve(&graph);
                Self { graph, live }
            })
    }

    /// What may have been moved out of those of `kept` that hold it.
    pub(super) fn stale(
        &self,
        plain: &Plain,
        entry: Entry,
        kept: &BTreeSet<LocalId>,
    ) -> BTreeSet<LocalId> {
        let needed = at_entry(&self.graph, &self.live, entry);
        let borrowed = sources(plain, &needed);
        let is_needed = |part: LocalId| {
            let lies_in = |local: &LocalId| *local == part || plain.is_inside(*local, part);
            let holds = |local: &LocalId| lies_in(local) || plain.is_inside(part, *local);
            needed.iter().any(lies_in) || borrowed.iter().any(holds)
        };
        let stale = plain.locals.ids().filter(|local| {
            let mut inside = kept.iter().filter(|whole| plain.is_inside(*local, **whole));
            if plain.broken.contains(local) {
                plain.lies_in(*local, kept)
            } else {
                is_moved(plain, *local) && inside.next().is_some() && !is_needed(*local)
            }
        });
        stale.collect()
    }
}

/// What the derived ones of `locals` are made from, and what that is made from.
pub(super) fn sources(plain: &Plain, locals: &BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let mut sources = BTreeSet::new();
    let mut open: Vec<LocalId> = locals.iter().copied().collect();
    while let Some(local) = open.pop() {
        let made_from = plain.locals[local].derived_from.iter().flatten();
        open.extend(made_from.filter(|source| sources.insert(**source)));
    }
    sources
}

fn may_be_stale(plain: &Plain, local: LocalId) -> bool {
    is_moved(plain, local) || plain.broken.contains(&local)
}

fn is_moved(plain: &Plain, part: LocalId) -> bool {
    let part = plain.locals[part].part.as_ref();
    part.is_some_and(|part: &Part| part.is_moved)
}

/// The locals of which a state's code names more than comes in, though they
/// were bound before: they are replaced there, as a whole or in part.
pub(super) fn torn(
    plain: &Plain,
    kept: &BTreeSet<LocalId>,
    mentions: &BTreeSet<LocalId>,
    visible: &[LocalId],
) -> BTreeSet<LocalId> {
    let is_there = |local: LocalId| plain.lies_in(local, kept);
    let in_parts = |root: LocalId| {
        let mut named = kept.intersection(mentions);
        named.any(|local| plain.is_inside(*local, root))
    };
    let more = mentions.iter().copied().filter(|local| !is_there(*local));
    let torn = more.filter_map(|local| {
        let root = plain.root(local);
        // One without a value is given all of it before a part of it.
        let is_given = plain.deferred.contains(&root) && mentions.contains(&root);
        let is_part_of_known = local != root && visible.contains(&root) && !is_given;
        (is_part_of_known || in_parts(root)).then_some(root)
    });
    torn.collect()
}
