//! Going on after something went wrong: a retry by hand, a crash, a stop.

use super::attempt::running;
use super::draft::Draft;
use super::{ending, step};
use crate::ids::LeafId;
use crate::record::{
    Happening, LastError, Leaf, LeafWait, ParkReason, Parked, Pending, Phase, Place,
};

/// Applies again what could not be applied.
pub(super) fn retry(mut draft: Draft<'_>) -> Option<Draft<'_>> {
    let Phase::Parked(parked) = &draft.hot.phase else {
        return None;
    };
    let Parked {
        leaf,
        pending,
        reason,
        ..
    } = Parked::clone(parked);
    draft.journal.push(Happening::Retried);
    draft.hot.recoveries = 0;
    match (pending, leaf) {
        (Pending::Start, _) | (_, None) => step::start(&mut draft),
        (Pending::Outcome(outcome), Some(leaf)) => {
            let id = leaf.id;
            draft.wait_for(leaf);
            step::resume(&mut draft, id, outcome);
        }
        // A flow that was to undo a step is spawned again.
        (Pending::Attempts, Some(leaf)) if matches!(leaf.wait, LeafWait::Child { .. }) => {
            ending::undo_next(&mut draft);
        }
        (Pending::Attempts, Some(leaf)) => {
            // Whoever retries an undo has been told what came of it.
            let is_known = matches!(reason, ParkReason::NotUndone { .. });
            retry_action(&mut draft, leaf, is_known);
        }
        (Pending::Wait, Some(leaf)) => draft.wait_for(leaf),
    }
    Some(draft)
}

/// Another attempt, if one runs; whether one does.
pub(super) fn run_again(leaf: &mut Leaf) -> bool {
    match &mut leaf.wait {
        LeafWait::Action(attempts) if attempts.retry_at.is_none() => {
            attempts.attempt = attempts.attempt.saturating_add(1);
            true
        }
        _ => false,
    }
}

fn retry_action(draft: &mut Draft<'_>, mut leaf: Leaf, is_known: bool) {
    let mut unknown = None;
    if let LeafWait::Action(attempts) = &mut leaf.wait {
        // That one which runs at most once was cut off is told to its flow first.
        let def = draft.rules.registry.action(&attempts.request.action);
        let at_most_once = def.is_some_and(|def| def.policy.at_most_once);
        if is_known || !at_most_once || !attempts.is_repeated() {
            attempts.forgiven = attempts.attempt;
        }
        attempts.attempt = attempts.attempt.saturating_add(1);
        attempts.started_at = draft.now;
        attempts.retry_at = None;
        let action = &attempts.request.action;
        if draft.rules.registry.action(action).is_none() {
            unknown = Some(action.clone());
        }
    }
    draft.wait_for(leaf);
    if let Some(action) = unknown {
        draft.park(ParkReason::UnknownAction { action }, Pending::Attempts);
    }
}

/// Counts the crash before the instance goes on, so that one that ends the
/// process each time is found.
pub(super) fn recovered(mut draft: Draft<'_>) -> Option<Draft<'_>> {
    let Phase::Waiting(leaves) = &mut draft.hot.phase else {
        return None;
    };
    let (mut pending, mut action) = (Pending::Wait, None);
    for leaf in leaves.iter_mut() {
        if run_again(leaf) {
            draft.at.get_or_insert(leaf.id);
            pending = Pending::Attempts;
        }
        if let LeafWait::Action(attempts) = &mut leaf.wait
            && attempts.retry_at.is_none()
        {
            attempts.last_error = Some(LastError::Text(
                crate::action::ActionFailure::Interrupted.to_string(),
            ));
            action.get_or_insert(attempts.request.action.clone());
        }
    }
    let leaf = draft.waiting()?;
    let state = format!("{}::{}", leaf.flow, leaf.label);
    let (registry, of) = (&draft.rules.registry, draft.instance.of());
    let place = registry.site(of, &leaf.flow, &leaf.label).map(Place::of);
    draft.hot.recoveries = draft.hot.recoveries.saturating_add(1);
    let recoveries = draft.hot.recoveries;
    if recoveries > draft.rules.max_recoveries {
        let reason = ParkReason::Quarantined {
            recoveries,
            action,
            state,
            place,
        };
        draft.park(reason, pending);
    } else {
        draft.journal.push(Happening::Recovered);
    }
    Some(draft)
}

/// The engine stops: the attempt it cut off counts, but not as a crash.
pub(super) fn cut_off(mut draft: Draft<'_>, leaf: LeafId, attempt: u32) -> Option<Draft<'_>> {
    running(&draft, leaf, attempt)?;
    let mut waiting = draft.turn_to(leaf)?.clone();
    run_again(&mut waiting);
    draft.wait_for(waiting);
    Some(draft)
}
