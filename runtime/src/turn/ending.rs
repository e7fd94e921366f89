//! How an instance ends: with a result, cancelled or terminated; before that it undoes
//! what it said was to be undone.

use std::sync::Arc;

use bytes::Bytes;

use super::draft::Draft;
use super::{Post, Write, crowd, family, step};
use crate::ids::LeafId;
use crate::machine::{JoinError, Outcome};
use crate::payload::Payload;
use crate::record::{
    Attempts, Cancel, Ended, Ending, Happening, How, Instance, Leaf, LeafWait, Leaves, Name,
    ParkReason, Pending, Phase, Undo,
};

/// Somebody cancels the instance; nothing changes if somebody did before.
pub(super) fn cancel(mut draft: Draft<'_>, reason: String) -> Option<Draft<'_>> {
    if draft.hot.is_finished() || draft.hot.ending.is_some() || draft.hot.cancel.is_some() {
        return None;
    }
    draft.journal.push(Happening::Cancelled {
        reason: reason.clone(),
    });
    draft.hot.cancel = Some(Box::new(Cancel {
        at: draft.now,
        reason,
        told: false,
    }));
    heed(&mut draft);
    Some(draft)
}

/// Ends the instance at the `.await` where it stands, if somebody cancelled it and
/// nothing that it waits for is shielded. A flow that waits for the cancel is told
/// instead, once.
pub(super) fn heed(draft: &mut Draft<'_>) {
    let Some(cancel) = &draft.hot.cancel else {
        return;
    };
    if draft.hot.is_bearing() {
        // It is heeded once all of its children are there.
        return;
    }
    let (reason, told) = (cancel.reason.clone(), cancel.told);
    let listens = |leaf: &&Leaf| leaf.wait == LeafWait::Cancelled;
    let listens = draft.hot.waiting().find(listens).map(|leaf| leaf.id);
    if let Some(leaf) = listens.filter(|_| !told) {
        if let Some(cancel) = &mut draft.hot.cancel {
            cancel.told = true;
        }
        return step::resume(draft, leaf, Outcome::Cancelled(reason));
    }
    if !draft.hot.waiting().any(|leaf| leaf.shielded) {
        end(draft, Ending::Cancelled { reason }, true);
    }
}

/// Somebody ends the instance, whatever it does; with `undo` as a cancel would.
pub(super) fn terminate(mut draft: Draft<'_>, reason: String, undo: bool) -> Option<Draft<'_>> {
    if draft.hot.is_finished() {
        return None;
    }
    draft.journal.push(Happening::Terminated {
        reason: reason.clone(),
    });
    end(&mut draft, Ending::Terminated { reason }, undo);
    Some(draft)
}

/// Ends the instance: at once, or with `undo` once that is done which undoes.
pub(super) fn end(draft: &mut Draft<'_>, ending: Ending, undo: bool) {
    draft.hot.frame = Bytes::new();
    if undo && !draft.hot.undo.is_empty() {
        draft.hot.ending = Some(Box::new(ending));
        undo_next(draft);
    } else {
        finish(draft, ending);
    }
}

/// Calls what undoes the last step that is not undone.
pub(super) fn undo_next(draft: &mut Draft<'_>) {
    let Some(undo) = draft.hot.undo.last().cloned() else {
        if let Some(ending) = draft.hot.ending.take() {
            finish(draft, *ending);
        }
        return;
    };
    match undo {
        Undo::Action(request) => {
            let action = request.action.clone();
            let is_known = draft.rules.registry.action(&action).is_some();
            wait_for_undo(draft, LeafWait::Action(Attempts::first(request, draft.now)));
            if !is_known {
                draft.park(ParkReason::UnknownAction { action }, Pending::Attempts);
            }
        }
        Undo::Flow {
            flow,
            version,
            arguments,
        } => {
            let (id, takes) = (crowd::next_child(draft), true);
            let known = draft.rules.registry.flow(&flow, version);
            let spawn = known.map(|known| family::child_of(known, id.clone(), arguments));
            wait_for_undo(draft, LeafWait::Child { id, takes });
            if let Some(spawn) = spawn {
                family::start(draft, spawn, None);
            } else {
                let flow = flow.into_owned();
                draft.park(ParkReason::UnknownFlow { flow, version }, Pending::Attempts);
            }
        }
    }
}

fn wait_for_undo(draft: &mut Draft<'_>, wait: LeafWait) {
    let id = draft.hot.next_leaf;
    draft.hot.next_leaf = LeafId(id.0 + 1);
    draft.hot.phase = Phase::Waiting(Leaves::from(Leaf {
        id,
        flow: Name::Owned(draft.instance.flow.to_string()),
        label: Name::Borrowed(Leaf::UNDO),
        since: draft.now,
        wait,
        shielded: true,
    }));
    draft.at = Some(id);
}

/// The flow has ended that was to undo a step.
pub(super) fn undone_by_child(draft: &mut Draft<'_>, end: &Result<Payload, JoinError>) {
    let failure = match end {
        Ok(payload) if payload.looks_like_err() => {
            payload.to_json().unwrap_or_default().to_string()
        }
        Ok(_) => return undone(draft),
        Err(error) => error.to_string(),
    };
    let undo = draft.hot.undo.last();
    let action = undo.map_or("", Undo::name).to_owned();
    draft.park(ParkReason::NotUndone { action, failure }, Pending::Attempts);
}

/// What was called to undo a step has done so.
pub(super) fn undone(draft: &mut Draft<'_>) {
    draft.hot.undo.pop();
    draft.hot.recoveries = 0;
    undo_next(draft);
}

fn finish(draft: &mut Draft<'_>, ending: Ending) {
    let how = match &ending {
        Ending::Returned(_) => How::Returned,
        Ending::Cancelled { .. } => How::Cancelled,
        Ending::Terminated { .. } => How::Terminated,
    };
    let (at, key) = (draft.now, draft.key);
    let ended = Arc::new(Instance {
        end: Some(Ended { at, how: ending }),
        ..Instance::clone(&draft.instance)
    });
    draft.writes.push(Write::End {
        key,
        instance: Arc::clone(&ended),
    });
    if ended.attached_to().is_none() {
        draft.writes.push(Write::Expires { key, at });
    }
    if how == How::Returned {
        draft.journal.push(Happening::Finished);
    }
    if ended.parent.is_some() || draft.hot.children > 0 {
        draft.posts.push(Post::Ended);
    }
    draft.instance = ended;
    draft.hot.phase = Phase::Finished(how);
    draft.hot.undo.clear();
    draft.hot.ending = None;
}
