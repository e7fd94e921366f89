//! Proving that nothing sleeps for ever: every live instance has exactly one
//! thing that wakes it, and every wake-up row belongs to an instance.

use std::collections::BTreeSet;

use crate::ids::{InstanceId, InstanceKey};
use crate::machine::leaves;
use crate::record::{Due, Hot, Instance, LeafWait, Phase};
use crate::store::{StoreError, View};
use crate::time::Timestamp;
use crate::turn;

/// So many rows are read at once.
const PAGE: usize = 4096;

/// Something in a store that must not be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// Nothing would ever wake the instance.
    #[error("{id} would never wake: {missing} is missing")]
    NeverWakes {
        /// The instance.
        id: InstanceId,
        /// The row that should be there.
        missing: &'static str,
    },
    /// A row that would wake an instance belongs to none that waits for it.
    #[error("the instance of key {} has a stray {row}", key.0)]
    Stray {
        /// The instance's key.
        key: InstanceKey,
        /// The kind of row.
        row: &'static str,
    },
    /// A row cannot be read.
    #[error("the instance of key {} cannot be read: {problem}", key.0)]
    Unreadable {
        /// The instance's key.
        key: InstanceKey,
        /// What is wrong.
        problem: String,
    },
}

/// All violations in a store.
pub(super) fn check(view: &dyn View) -> Result<Vec<Violation>, StoreError> {
    let mut active = actives(view)?;
    let mut timers = timers(view)?;
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let keys = view.instances(after, PAGE)?;
        let Some(last) = keys.last() else { break };
        after = Some(*last);
        for key in keys {
            match view.load(key) {
                Ok(Some((instance, hot))) => {
                    let rows = Rows {
                        active: active.remove(&key),
                        timers: hot.dues(key).filter(|due| timers.remove(due)).count(),
                    };
                    check_wakers(&instance.id, key, &hot, &rows, &mut found);
                    check_belongings(view, key, &hot, &mut found)?;
                    let ended = instance.end.is_some();
                    if !waits_for_live(view, key, &hot)? {
                        let id = instance.id.clone();
                        let missing = "a child that it waits for";
                        found.push(Violation::NeverWakes { id, missing });
                    }
                    if ended != hot.is_finished() {
                        let row = "end";
                        found.push(Violation::Stray { key, row });
                    }
                    if view.find(&instance.id)? != Some(key) {
                        let row = "instance that its id does not lead to";
                        found.push(Violation::Stray { key, row });
                    }
                }
                Ok(None) => found.push(Violation::Unreadable {
                    key,
                    problem: "it has no state".to_owned(),
                }),
                Err(StoreError::Damaged { source }) => found.push(Violation::Unreadable {
                    key,
                    problem: source.to_string(),
                }),
                Err(error) => return Err(error),
            }
        }
    }
    let stray = |row| move |key| Violation::Stray { key, row };
    found.extend(active.into_iter().map(stray("active row")));
    found.extend(timers.into_iter().map(|due| due.key).map(stray("timer")));
    Ok(found)
}

struct Rows {
    active: bool,
    timers: usize,
}

fn check_wakers(
    id: &InstanceId,
    key: InstanceKey,
    hot: &Hot,
    rows: &Rows,
    found: &mut Vec<Violation>,
) {
    let id = id.clone();
    match (hot.is_active(), rows.active) {
        (true, false) => found.push(Violation::NeverWakes {
            id: id.clone(),
            missing: "its active row",
        }),
        (false, true) => found.push(Violation::Stray {
            key,
            row: "active row",
        }),
        _ => {}
    }
    if rows.timers < hot.dues(key).count() {
        found.push(Violation::NeverWakes {
            id: id.clone(),
            missing: "its timer",
        });
    }
    // Each leaf has a source of its own; the frame names the same leaves.
    let mut waited = leaves(&hot.frame).unwrap_or_default();
    waited.sort_unstable();
    // What undoes is in no frame: the flow has ended.
    let is_waiting = matches!(hot.phase, Phase::Waiting(_)) && hot.ending.is_none();
    if is_waiting && !waited.into_iter().eq(hot.waiting().map(|leaf| leaf.id)) {
        let missing = "something that its frame waits for, or that waits for nothing,";
        found.push(Violation::NeverWakes { id, missing });
    }
}

/// Whether each child that it waits for is there, is its own, and has not ended.
fn waits_for_live(view: &dyn View, key: InstanceKey, hot: &Hot) -> Result<bool, StoreError> {
    let is_own_and_lives = |instance: &Instance| {
        let parent = instance.parent.as_ref();
        instance.end.is_none() && parent.is_some_and(|parent| parent.key == key)
    };
    if hot.is_bearing() {
        return Ok(true);
    }
    for leaf in hot.waiting() {
        if let LeafWait::Child { id, .. } = &leaf.wait {
            let child = match view.find(id)? {
                Some(child) => view.load(child)?,
                None => None,
            };
            if !child.is_some_and(|(child, _)| is_own_and_lives(&child)) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Stored messages and pieces must be those that the state counts.
fn check_belongings(
    view: &dyn View,
    key: InstanceKey,
    hot: &Hot,
    found: &mut Vec<Violation>,
) -> Result<(), StoreError> {
    let belongings = view.belongings(key)?;
    let stored: BTreeSet<_> = belongings.messages.into_iter().collect();
    let queues = hot.inbox.iter();
    let counted = queues
        .flat_map(|queue| (queue.head..queue.tail).map(|seq| (queue.channel.to_string(), seq)));
    let held = hot.leaves().flat_map(turn::held_rows);
    let unborn = turn::unborn_rows(hot);
    let rows = held.chain(unborn);
    let rows = rows.map(|(channel, seq)| (channel.to_string(), seq));
    let counted: BTreeSet<_> = counted.chain(rows).collect();
    if stored != counted {
        let row = "message, or lost one";
        found.push(Violation::Stray { key, row });
    }
    let stored: BTreeSet<_> = belongings.chunks.iter().map(|(no, _)| *no).collect();
    let counted: BTreeSet<_> = hot.chunks.tail.iter().map(|piece| piece.no).collect();
    if stored != counted {
        let row = "piece of a frame, or lost one";
        found.push(Violation::Stray { key, row });
    }
    Ok(())
}

fn actives(view: &dyn View) -> Result<BTreeSet<InstanceKey>, StoreError> {
    let mut all = BTreeSet::new();
    loop {
        let page = view.active(all.last().copied(), PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn timers(view: &dyn View) -> Result<BTreeSet<Due>, StoreError> {
    let mut all = BTreeSet::new();
    loop {
        let page = view.due(all.last().copied(), Timestamp::MAX, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
