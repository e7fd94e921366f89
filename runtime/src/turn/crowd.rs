//! Many children that one leaf waits for: they are counted, and told of once it is
//! enough.

use std::collections::{HashMap, HashSet};

use super::draft::Draft;
use super::{Post, held, size, step};
use crate::ids::{InstanceId, LeafId};
use crate::machine::{Crowd, Ends, Member, Outcome, Until};
use crate::payload::Fields;
use crate::record::{Happening, InCrowd, Instance, LeafWait, Parent, ParkReason};

/// So many run at the same time, whatever the flow says.
const MAX_AT_ONCE: u64 = 1_024;

/// The calls that begin when others have ended.
fn late(crowd: &Crowd) -> Vec<&Fields> {
    let most = crowd.limit.unwrap_or(u64::MAX).min(MAX_AT_ONCE);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let calls = crowd.members.iter().filter_map(|member| match member {
        Member::Call(arguments) => Some(arguments),
        // It runs already.
        Member::Child(_) => None,
    });
    calls.skip(most).collect()
}

/// Whether their arguments can be stored.
pub(super) fn fits(crowd: &Crowd, limit_bytes: usize) -> Result<(), ParkReason> {
    for member in &crowd.members {
        if let Member::Call(arguments) = member
            && let Some((name, size_bytes)) = size::oversized_field(arguments, limit_bytes)
        {
            let what = format!("argument `{name}` of one of many actions");
            return Err(ParkReason::too_large(what, size_bytes, limit_bytes));
        }
    }
    Ok(())
}

/// Has the children started and told to count themselves; gives what waiting for them is.
pub(super) fn enlist(draft: &mut Draft<'_>, leaf: LeafId, crowd: &Crowd) -> LeafWait {
    // Those that this step spawns are told before the others.
    draft.posts.insert(0, Post::Crowd { leaf });
    let late = late(crowd);
    let (born, mut known) = (born(draft), HashSet::new());
    let at_once = crowd.members.len() - late.len();
    let mut left = crowd.members.len();
    for member in crowd.members.iter().take(at_once) {
        let id = match member {
            Member::Call(_) => next_child(draft),
            Member::Child(id) if !known.insert(id) => {
                // Two handles of one child.
                left -= 1;
                continue;
            }
            Member::Child(id) => {
                let post = born.get(id).and_then(|at| draft.posts.get_mut(*at));
                if let Some(Post::Spawn {
                    enlisted: enlisted @ None,
                    ..
                }) = post
                {
                    *enlisted = Some(leaf);
                    continue;
                }
                id.clone()
            }
        };
        let member = member.clone();
        draft.posts.push(Post::Enlist { leaf, id, member });
    }
    LeafWait::Crowd {
        left: u64::try_from(left).unwrap_or(u64::MAX),
        held: held::put(draft, leaf, &late),
        until: crowd.until,
        enough: false,
    }
}

/// The children that this step spawns: where they are posted, by their ids.
fn born(draft: &Draft<'_>) -> HashMap<InstanceId, usize> {
    let spawned = draft.posts.iter().enumerate();
    let spawned = spawned.filter_map(|(at, post)| match post {
        Post::Spawn { spawn, .. } => Some((spawn.id.clone(), at)),
        _ => None,
    });
    spawned.collect()
}

pub(super) fn next_child(draft: &mut Draft<'_>) -> InstanceId {
    draft.hot.children += 1;
    draft.instance.id.child(draft.hot.children)
}

/// One of them has ended: it is counted also while the instance is parked.
pub(super) fn member_ended(mut draft: Draft<'_>, leaf: LeafId, failed: bool) -> Option<Draft<'_>> {
    let mut leaves = draft.hot.leaves_mut();
    let LeafWait::Crowd {
        left,
        held,
        until,
        enough,
    } = &mut leaves.find(|known| known.id == leaf)?.wait
    else {
        return None;
    };
    if *enough {
        return None;
    }
    *left = left.saturating_sub(1);
    *enough = match until {
        Until::All => *left == 0,
        Until::Err => *left == 0 || failed,
        Until::One => true,
    };
    let next = held.next().filter(|_| !*enough);
    held.calls -= u64::from(next.is_some());
    drop(leaves);
    if let Some(next) = next {
        draft.posts.push(Post::Begin {
            leaf,
            id: draft.instance.id.child(next.child),
            row: (held::channel(leaf), next.row),
            place: next.place,
        });
    }
    Some(draft)
}

/// The flow goes on with what they came to.
pub(super) fn gathered(mut draft: Draft<'_>, leaf: LeafId, ends: Ends) -> Option<Draft<'_>> {
    let LeafWait::Crowd {
        enough: true, held, ..
    } = draft.turn_to(leaf)?.wait
    else {
        return None;
    };
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    let ended = ends.iter().filter(|(_, end)| end.is_some());
    draft.journal.push(Happening::ChildrenEnded {
        ended: number(ended.count()),
        of: number(ends.len()).saturating_add(held.calls),
    });
    step::resume(&mut draft, leaf, Outcome::Ends(ends));
    Some(draft)
}

/// Its parent waits for it and for others from now on.
pub(super) fn enlisted(mut draft: Draft<'_>, leaf: LeafId) -> Option<Draft<'_>> {
    let parent = draft.instance.parent.clone()?;
    let called = false;
    let crowd = Some(InCrowd { leaf, called });
    draft.change(Instance {
        parent: Some(Parent { crowd, ..parent }),
        ..Instance::clone(&draft.instance)
    });
    Some(draft)
}
