//! What a machine stores: the list of stored locals, and the fingerprint by
//! which a frame is known to come from this very code.

use std::collections::BTreeSet;

use super::{Entry, Machine};
use crate::ids::LocalId;

/// Fills in the stored locals and the fingerprint.
pub(super) fn fill(machine: &mut Machine<'_>) {
    let plain = machine.plain;
    let mut stored: BTreeSet<LocalId> = BTreeSet::new();
    for (_, state) in machine.states.iter() {
        stored.extend(state.kept.union(&state.passed));
    }
    stored.retain(|local| !plain.params.contains(local));
    machine.stored = plain.params.iter().copied().chain(stored).collect();
    machine.fingerprint = fingerprint(machine);
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits, over labels and names of kept locals.
fn fingerprint(machine: &Machine<'_>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut feed = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for param in &machine.plain.params {
        feed(&machine.plain.locals[*param].stored);
    }
    for (_, state) in machine.states.iter() {
        if let Entry::Resume(point) = state.entry {
            feed("state");
            feed(&machine.plain.points[point].label);
            for local in machine.stored_at(state) {
                feed(&machine.plain.locals[local].stored);
            }
            for operand in state.fork.iter().flat_map(|fork| &fork.operands) {
                feed(&machine.plain.points[operand.point].label);
            }
        }
    }
    hash
}
