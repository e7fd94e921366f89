//! How the locals around a nested block come into it.
//!
//! The machine around it waits as long as the block runs, so nobody else
//! changes them meanwhile. What is not `mut`, or is needed by others too and only
//! read here, is *shared*: it stays in the frame around, where the block reads it.
//! What the block may change, and is needed behind it, is *written*: it stays there,
//! too, and the block puts it back with each step: one block after the other, each
//! what is there, since they change different parts. Anything else is the block's own
//! from its start.

use std::collections::BTreeSet;

use super::{Entry, Machine, State};
use crate::ids::{BlockId, LocalId, StateId, Table};
use crate::model::{Fork, Plain};

/// The locals around a block that it does not keep itself. Of parts the whole
/// is listed as shared or written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captures {
    pub(crate) shared: BTreeSet<LocalId>,
    pub(crate) written: BTreeSet<LocalId>,
    /// Those of the written whose name means another local in the block, so that only
    /// borrows that are made again are of them.
    pub(crate) hidden: BTreeSet<LocalId>,
    /// What of the shared the frame around holds, parts by themselves.
    pub(crate) held: BTreeSet<LocalId>,
}

impl Captures {
    /// Whether the frame around the block has `local`.
    pub(crate) fn has(&self, plain: &Plain, local: LocalId) -> bool {
        let root = plain.root(local);
        self.shared.contains(&root) || self.written.contains(&root)
    }
}

/// Finds the captures of all blocks; forks keep what their blocks share. Gives
/// the locals that cannot be kept in parts: what a block writes comes into it
/// and back as a whole.
pub(super) fn fill(machine: &mut Machine<'_>) -> BTreeSet<LocalId> {
    let mut captures = Table::<BlockId, Captures>::new();
    // Blocks are numbered from the outside.
    for block in machine.plain.blocks.ids() {
        let of_block = of(machine, &captures, block);
        let _: BlockId = captures.push(of_block);
    }
    machine.captures = captures;
    let ids: Vec<StateId> = machine.states.ids().collect();
    // Entries inside have no less to keep, so that any order will do.
    for id in &ids {
        let shared = shared_at(machine, &machine.states[*id]);
        machine.states[*id].passed = shared;
    }
    for block in machine.plain.blocks.ids() {
        machine.captures[block].held = held(machine, block);
    }
    let mut torn = BTreeSet::new();
    for id in ids {
        if let Some(block) = machine.states[id].block() {
            let written = machine.captures[block].written.clone();
            let kept = &mut machine.states[id].kept;
            kept.retain(|local| !written.contains(local));
        }
        let state = &machine.states[id];
        let kept = state.kept.union(&state.passed);
        let parts = kept.filter_map(|local| Some(machine.plain.locals[*local].part.as_ref()?.root));
        torn.extend(parts.filter(|root| {
            let mut captures = machine.captures.iter();
            captures.any(|(_, captures)| captures.written.contains(root))
        }));
    }
    torn
}

fn of(machine: &Machine<'_>, known: &Table<BlockId, Captures>, block: BlockId) -> Captures {
    let plain = machine.plain;
    let Some((around, fork)) = fork_of(machine, block) else {
        // The fork is never reached.
        return Captures::default();
    };
    let siblings: Vec<BTreeSet<LocalId>> = fork
        .blocks()
        .filter(|(_, other, _)| *other != block)
        .map(|(_, other, _)| borrowed(machine, other))
        .collect();
    let borrowed = borrowed(machine, block);
    let outer = around.block().map(|outer| &known[outer]);
    let mut captures = Captures::default();
    let needs = needs(machine, block);
    let name = |local: LocalId| &plain.locals[local].name;
    for &local in &needs {
        let is_shared = siblings.iter().any(|others| others.contains(&local));
        let mut behind = around.live.iter().map(|live| plain.root(*live));
        let is_needed = behind.any(|live| live == local)
            || outer.is_some_and(|outer| outer.written.contains(&local));
        // Of one local, blocks may change parts that the others do not name.
        let writes = plain.blocks[block].writes.iter();
        let is_read = !writes
            .map(|local| plain.root(*local))
            .any(|root| root == local);
        if !plain.mutable.contains(&local) || (borrowed.contains(&local) && is_shared && is_read) {
            captures.shared.insert(local);
        } else if borrowed.contains(&local) && is_needed {
            captures.written.insert(local);
            // What is declared later is nearer to the block.
            let mut nearer = needs.iter().filter(|other| **other > local);
            if nearer.any(|other| name(*other) == name(local)) {
                captures.hidden.insert(local);
            }
        }
    }
    captures
}

/// The state that awaits the fork of a block, and the fork.
fn fork_of<'m, 'a>(machine: &'m Machine<'a>, block: BlockId) -> Option<(&'m State<'a>, &'a Fork)> {
    machine.states.iter().find_map(|(_, state)| {
        let fork = state.fork?;
        let mut blocks = fork.blocks();
        blocks
            .any(|(_, id, _)| id == block)
            .then_some((state, fork))
    })
}

/// What a block needs of what is around it.
fn needs(machine: &Machine<'_>, block: BlockId) -> BTreeSet<LocalId> {
    let plain = machine.plain;
    let inside = inside(machine, block);
    let locals = inside.flat_map(|state| state.kept.iter().chain(&state.mentions));
    let locals = locals.filter(|local| plain.locals[**local].derived_from.is_none());
    locals
        .map(|local| plain.root(*local))
        .filter(|local| !plain.blocks[block].binds(*local))
        .collect()
}

/// Those of the needs that stay what they are outside: all, but for what an
/// `async move` block names, which has a value of its own.
fn borrowed(machine: &Machine<'_>, block: BlockId) -> BTreeSet<LocalId> {
    let mut needs = needs(machine, block);
    if machine.plain.blocks[block].moves {
        for state in inside(machine, block) {
            for named in &state.named {
                needs.remove(&machine.plain.root(*named));
            }
        }
    }
    needs
}

fn inside<'m, 'a>(machine: &'m Machine<'a>, block: BlockId) -> impl Iterator<Item = &'m State<'a>> {
    let states = machine.states.iter().map(|(_, state)| state);
    states.filter(move |state| state.within.contains(&block))
}

/// What of the shared the frame around a block holds.
fn held(machine: &Machine<'_>, block: BlockId) -> BTreeSet<LocalId> {
    let plain = machine.plain;
    let fork = fork_of(machine, block).into_iter();
    let passed = fork.flat_map(|(around, _)| &around.passed);
    let begun = inside(machine, block).filter(|state| state.entry == Entry::Block(block));
    let held = passed.chain(begun.flat_map(|state| &state.kept));
    let shared = &machine.captures[block].shared;
    let held = held.filter(|local| shared.contains(&plain.root(**local)));
    held.copied().collect()
}

/// What the frame of a fork keeps for the later states of its blocks.
fn shared_at(machine: &Machine<'_>, state: &State<'_>) -> BTreeSet<LocalId> {
    let mut shared = BTreeSet::new();
    let blocks = state.fork.iter().flat_map(|fork| fork.blocks());
    for (_, block, _) in blocks {
        let captures = &machine.captures[block];
        // What a block begins with comes with the fork; so does not what the
        // blocks inside of it begin with.
        let later = inside(machine, block).filter(|state| match state.entry {
            Entry::Resume(_) => true,
            Entry::Block(begun) => begun != block,
            Entry::Start | Entry::Head(_) | Entry::Join(_) => false,
        });
        let kept = later.flat_map(|state| state.kept.iter().copied());
        shared.extend(kept.filter(|local| captures.has(machine.plain, *local)));
    }
    shared
}
