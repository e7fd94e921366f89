//! Recording states, and beginning an instance at one that was recorded.

use std::sync::Arc;

use super::draft::Draft;
use super::{Rules, Turned, Write};
use crate::ids::{InstanceId, InstanceKey};
use crate::record::{
    Attempts, Happening, Hot, Instance, JournalSeq, Leaf, LeafWait, Leaves, Name, Phase, Recorded,
};
use crate::time::Timestamp;

/// Records the state to which a step led, if the rules say so.
pub(super) fn record(draft: &mut Draft<'_>) {
    if !draft.rules.keep_states || !matches!(draft.hot.phase, Phase::Waiting(_)) {
        return;
    }
    let values = draft.writes.iter().filter_map(|write| match write {
        Write::Datum { name, datum, .. } => Some((name.clone(), Some(datum.clone()))),
        Write::DropDatum { name, .. } => Some((name.clone(), None)),
        _ => None,
    });
    let state = Recorded::of(draft.instance.version, &draft.hot, values.collect());
    let state = Box::new(state);
    draft.journal.push(Happening::Reached { state });
}

/// An instance that is to begin where another one was.
#[derive(Debug)]
pub struct Rerun {
    /// Its record.
    pub instance: Instance,
    /// The other one.
    pub of: InstanceId,
    /// The label from which it was asked to be run again.
    pub label: Name,
    /// Where it begins, with all values that there were.
    pub state: Recorded,
}

/// Creates the instance: it waits for what the other one waited for, from now on.
#[must_use]
pub fn rerun(
    key: InstanceKey,
    rerun: Rerun,
    rules: &Rules,
    now: Timestamp,
    next_seq: JournalSeq,
) -> Turned {
    let Rerun {
        instance,
        of,
        label,
        state,
    } = rerun;
    let instance = Arc::new(instance);
    let leaves: Vec<Leaf> = state.hot.leaves().map(|leaf| again(leaf, now)).collect();
    let hot = Hot {
        phase: match Leaves::of(leaves) {
            Some(leaves) => Phase::Waiting(leaves),
            None => state.hot.phase.clone(),
        },
        ..Hot::clone(&state.hot)
    };
    let mut draft = Draft::starting(key, Arc::clone(&instance), hot, rules, now);
    draft.writes.push(Write::Create { key, instance });
    let values = state.values.into_iter();
    draft.writes.extend(values.filter_map(|(name, datum)| {
        let datum = datum?;
        Some(Write::Datum { key, name, datum })
    }));
    draft.journal.push(Happening::Rerun { of, label });
    draft.finish(next_seq)
}

/// The leaf, asked for now: an action gets all its attempts. A point in time stays.
fn again(leaf: &Leaf, now: Timestamp) -> Leaf {
    let wait = match &leaf.wait {
        LeafWait::Action(attempts) => {
            LeafWait::Action(Attempts::first(Arc::clone(&attempts.request), now))
        }
        other => other.clone(),
    };
    Leaf {
        since: now,
        wait,
        ..leaf.clone()
    }
}
