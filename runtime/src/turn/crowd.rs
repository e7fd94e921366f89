//! Many children that one leaf waits for: they are counted, and told of once it is
//! enough.

use super::draft::Draft;
use super::{Post, size, step};
use crate::ids::LeafId;
use crate::machine::{Crowd, Ends, Member, Outcome, Until};
use crate::record::{Happening, InCrowd, Instance, LeafWait, Parent, ParkReason, Phase};

/// So many run at the same time, whatever the flow says.
const MAX_AT_ONCE: u64 = 1_024;

/// What waiting for a crowd of this size is.
pub(super) fn wait(crowd: &Crowd) -> LeafWait {
    let left = u64::try_from(crowd.members.len()).unwrap_or(u64::MAX);
    LeafWait::Crowd {
        left,
        held: left.saturating_sub(at_once(crowd)),
        until: crowd.until,
        enough: false,
    }
}

fn at_once(crowd: &Crowd) -> u64 {
    let calls = |member: &Member| matches!(member, Member::Call { .. });
    if crowd.members.iter().any(calls) {
        crowd
            .limit
            .map_or(MAX_AT_ONCE, |most| most.min(MAX_AT_ONCE))
    } else {
        // They run already.
        u64::MAX
    }
}

/// Whether their arguments can be stored.
pub(super) fn fits(crowd: &Crowd, limit_bytes: usize) -> Result<(), ParkReason> {
    for member in &crowd.members {
        if let Member::Call { arguments, .. } = member
            && let Some((name, size_bytes)) = size::oversized_field(arguments, limit_bytes)
        {
            let what = format!("argument `{name}` of one of many actions");
            return Err(ParkReason::too_large(what, size_bytes, limit_bytes));
        }
    }
    Ok(())
}

/// Has the children started and told to count themselves.
pub(super) fn enlist(draft: &mut Draft<'_>, leaf: LeafId, crowd: Crowd) {
    let most = at_once(&crowd);
    for (number, member) in (0..).zip(crowd.members) {
        let id = match &member {
            Member::Child(id) => id.clone(),
            Member::Call { .. } => {
                draft.hot.children += 1;
                draft.instance.id.child(draft.hot.children)
            }
        };
        let held = number >= most;
        draft.posts.push(Post::Enlist {
            leaf,
            id,
            member,
            held,
        });
    }
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
    let begins = *held > 0 && !*enough;
    *held -= u64::from(begins);
    drop(leaves);
    if begins {
        draft.posts.push(Post::Begin { leaf });
    }
    Some(draft)
}

/// The flow goes on with what they came to.
pub(super) fn gathered(mut draft: Draft<'_>, leaf: LeafId, ends: Ends) -> Option<Draft<'_>> {
    let LeafWait::Crowd { enough: true, .. } = draft.turn_to(leaf)?.wait else {
        return None;
    };
    let (of, ended) = (
        ends.len(),
        ends.iter().filter(|(_, end)| end.is_some()).count(),
    );
    draft.journal.push(Happening::ChildrenEnded {
        ended: u64::try_from(ended).unwrap_or(u64::MAX),
        of: u64::try_from(of).unwrap_or(u64::MAX),
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

/// It was held, and begins.
pub(super) fn begin(mut draft: Draft<'_>) -> Option<Draft<'_>> {
    if draft.hot.phase != Phase::Held {
        return None;
    }
    draft.journal.push(Happening::Started);
    step::start(&mut draft);
    Some(draft)
}
