//! Assembles the states.
//!
//! A state's code begins behind its entry and goes on, through all enclosing
//! blocks, until the machine waits, ends, or comes to a loop's head or to the
//! end of a construct that other states come to as well:
//!
//! ```text
//! { let x = f(); if c { a().await; g(); } h(x) }
//! start:    let x = f(); if c { wait a } goto join
//! resume a: { { g(); } goto join }
//! join:     { h(x) }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::paths::Paths;
use super::stale::{self, Needs};
use super::walk::Walk;
use super::{Entry, Machine, Piece, State, ahead, captures, exits, shape};
use crate::graph::Graph;
use crate::ids::{ConstructId, LocalId, StateId, Table};
use crate::live::{self, Live};
use crate::model::Plain;

/// Assembles the machine.
pub(crate) fn assemble<'a>(plain: &'a Plain, graph: &Graph, live: &Live) -> Machine<'a> {
    let assembly = Assembly {
        plain,
        graph,
        live,
        needs: Needs::of(plain, graph),
        paths: Paths::of(&plain.body),
        whole: BTreeSet::new(),
    };
    let (machine, torn) = assembly.machine();
    if torn.is_empty() {
        return machine;
    }
    let graph = graph.with_wholes(plain, &torn);
    let live = live::solve(&graph);
    let assembly = Assembly {
        graph: &graph,
        live: &live,
        whole: torn,
        ..assembly
    };
    assembly.machine().0
}

/// What a machine is assembled from.
struct Assembly<'a, 'g> {
    plain: &'a Plain,
    graph: &'g Graph,
    live: &'g Live,
    needs: Option<Needs>,
    paths: Paths,
    /// The locals that are not kept in parts.
    whole: BTreeSet<LocalId>,
}

impl<'a> Assembly<'a, '_> {
    /// The machine, and the locals that cannot be kept in parts after all.
    fn machine(&self) -> (Machine<'a>, BTreeSet<LocalId>) {
        let mut torn = BTreeSet::new();
        let (plain, paths) = (self.plain, &self.paths);
        let mut states = BTreeMap::new();
        let mut open = vec![Entry::Start];
        while let Some(entry) = open.pop() {
            if states.contains_key(&entry) {
                continue;
            }
            let (state, reached, more) = self.state(entry);
            torn.extend(more);
            open.extend(reached);
            states.insert(entry, state);
        }
        let mut table = Table::new();
        let mut by_entry = BTreeMap::new();
        // Awaits come first: the runtime counts them from 1.
        let source = || paths.found.iter().map(|(entry, _)| *entry);
        let (waits, others): (Vec<Entry>, Vec<Entry>) =
            source().partition(|entry| matches!(entry, Entry::Resume(_)));
        for entry in [Entry::Start].into_iter().chain(waits).chain(others) {
            if let Some(state) = states.remove(&entry) {
                by_entry.insert(entry, table.push(state));
            }
        }
        let order = [Entry::Start].into_iter().chain(source());
        let order = order
            .filter_map(|entry| by_entry.get(&entry).copied())
            .collect();
        let (stored, fingerprint) = (Vec::new(), 0);
        let mut machine = Machine {
            plain,
            states: table,
            order,
            captures: Table::new(),
            by_entry,
            stored,
            ahead: ahead::found(plain, self.graph),
            fingerprint,
        };
        torn.extend(captures::fill(&mut machine));
        read_wholes(plain, &mut machine.states, &machine.by_entry);
        let dropped = ahead::dropped(&machine);
        machine.ahead.extend(dropped);
        // What is never reached nobody gives a type.
        let named = machine.states.iter();
        let named: BTreeSet<LocalId> = named
            .flat_map(|(_, state)| &state.mentions)
            .copied()
            .collect();
        machine.ahead.retain(|local| named.contains(local));
        shape::fill(&mut machine);
        (machine, torn)
    }

    fn state(&self, entry: Entry) -> (State<'a>, Vec<Entry>, BTreeSet<LocalId>) {
        let plain = self.plain;
        let live = self.live_at(entry);
        let mut walk = Walk {
            plain,
            needed: with_wholes(plain, &live),
            graph: self.graph,
            paths: &self.paths,
            reached: Vec::new(),
            jumped: Vec::new(),
            mentions: BTreeSet::new(),
            outcome: None,
            fork: None,
            visible: Vec::new(),
        };
        let (mut code, _) = if entry == Entry::Start {
            walk.stmts(&plain.body.stmts)
        } else {
            walk.see(&plain.params);
            walk.enter(&plain.body, self.paths.to(entry), entry)
        };
        code.insert(0, Piece::Declare(&plain.params));
        let derived = |local: &LocalId| plain.locals[*local].derived_from.is_some();
        let kept: BTreeSet<LocalId> = live
            .iter()
            .copied()
            .filter(|local| !derived(local))
            .collect();
        let named = std::mem::take(&mut walk.mentions);
        let mut mentions = with_roots(plain, named.clone(), &live);
        // Who names a part names what it lies in, and the other way round.
        let akin = kept.iter().copied().filter(|local| {
            let mut named = mentions.iter();
            named.any(|named| plain.is_inside(*named, *local) || plain.is_inside(*local, *named))
        });
        let akin: Vec<LocalId> = akin.collect();
        mentions.extend(akin);
        let hidden = kept.iter().copied().filter(|local| walk.hides(*local));
        let hidden = hidden.collect();
        let mut lent = kept.clone();
        lent.retain(|local| plain.locals[*local].is_asked || plain.lazy.contains(local));
        let more = stale::torn(plain, &kept, &mentions, &walk.visible);
        let filled = self
            .needs
            .as_ref()
            .map(|needs| needs.stale(plain, entry, &kept));
        let state = State {
            entry,
            within: self.paths.nested.get(&entry).cloned().unwrap_or_default(),
            outcome: walk.outcome,
            fork: walk.fork,
            code,
            mentions,
            named,
            live,
            kept,
            passed: BTreeSet::new(),
            lent,
            hidden,
            stale: filled.unwrap_or_default(),
        };
        (state, walk.reached, more)
    }

    /// What is live where a state is entered, and what derived locals of it are
    /// made from.
    fn live_at(&self, entry: Entry) -> BTreeSet<LocalId> {
        let mut live = at_entry(self.graph, self.live, entry);
        live.extend(stale::sources(self.plain, &live));
        self.wholes(&live, entry)
    }

    /// Without the parts of what is there as a whole. Arguments come as wholes.
    fn wholes(&self, live: &BTreeSet<LocalId>, entry: Entry) -> BTreeSet<LocalId> {
        let plain = self.plain;
        let whole = |local: &LocalId| {
            let root = plain.root(*local);
            let is_whole = entry == Entry::Start || self.whole.contains(&root);
            if is_whole { root } else { *local }
        };
        let live: BTreeSet<LocalId> = live.iter().map(whole).collect();
        let inside = |local: LocalId| live.iter().any(|whole| plain.is_inside(local, *whole));
        live.iter()
            .copied()
            .filter(|local| !inside(*local))
            .collect()
    }
}

/// `locals`, and what those among them that are parts lie in.
fn with_wholes(plain: &Plain, locals: &BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let wholes = locals.iter().map(|local| plain.root(*local));
    locals.iter().copied().chain(wholes).collect()
}

/// What is live where a state is entered.
pub(super) fn at_entry(graph: &Graph, live: &Live, entry: Entry) -> BTreeSet<LocalId> {
    match entry {
        Entry::Start => live.before(graph.start).clone(),
        Entry::Resume(point) => live.over(graph, graph.resumed[point]),
        Entry::Head(construct) => {
            // The span's last node leads to the head.
            live.before(graph.constructs[construct].entry).clone()
        }
        Entry::Join(construct) => after_end(graph, live, construct),
        Entry::Block(block) => live.before(graph.blocks[block]).clone(),
    }
}

/// What is live behind a construct, its value included.
fn after_end(graph: &Graph, live: &Live, construct: ConstructId) -> BTreeSet<LocalId> {
    let end = &graph.nodes[graph.constructs[construct].end];
    end.next
        .iter()
        .flat_map(|next| live.before(*next))
        .copied()
        .collect()
}

/// A state that hands over a part of what came in as a whole must read it.
fn read_wholes(
    plain: &Plain,
    states: &mut Table<StateId, State<'_>>,
    by_entry: &BTreeMap<Entry, StateId>,
) {
    let ids: Vec<StateId> = states.ids().collect();
    for id in ids {
        let mut parts = BTreeSet::new();
        exits(&states[id].code, &mut |entry| {
            let next = by_entry.get(&entry).map(|next| &states[*next]);
            let kept = next
                .into_iter()
                .flat_map(|next| next.kept.union(&next.passed));
            parts.extend(kept.copied());
        });
        let state = &mut states[id];
        let wholes = state.kept.iter().copied();
        let read = wholes.filter(|whole| parts.iter().any(|part| plain.is_inside(*part, *whole)));
        state.mentions.extend(read);
    }
}

/// Adds what the derived locals that must be made again are made from.
fn with_roots(
    plain: &Plain,
    mut mentions: BTreeSet<LocalId>,
    live: &BTreeSet<LocalId>,
) -> BTreeSet<LocalId> {
    let mut open: Vec<LocalId> = mentions.iter().copied().collect();
    while let Some(local) = open.pop() {
        if let (Some(roots), true) = (&plain.locals[local].derived_from, live.contains(&local)) {
            for root in roots {
                if mentions.insert(*root) {
                    open.push(*root);
                }
            }
        }
    }
    mentions
}
