//! An attempt of an action ended: its outcome goes to the flow, or another
//! attempt follows after a delay.

use super::draft::Draft;
use super::{Report, ending, segment, size, step};
use crate::action::{ActionFailure, Policy};
use crate::ids::LeafId;
use crate::machine::Outcome;
use crate::payload::Payload;
use crate::record::{Attempts, Brought, Happening, LastError, LeafWait, Name, ParkReason, Pending};
use crate::time::Timestamp;

pub(super) fn finished(
    mut draft: Draft<'_>,
    leaf: LeafId,
    attempt: u32,
    report: Report,
) -> Option<Draft<'_>> {
    draft.turn_to(leaf)?;
    let attempts = running(&draft, leaf, attempt)?.clone();
    match report {
        Report::Returned(payload) => bring(&mut draft, &attempts, payload, true),
        Report::Failed { payload, retry } => {
            let error = LastError::Value(payload.clone());
            match next_attempt(&draft, &attempts).filter(|_| retry) {
                Some(retry_at) => delay(&mut draft, retry_at, error),
                None => bring(&mut draft, &attempts, payload, false),
            }
        }
        Report::Broken(failure) => {
            let error = LastError::Text(failure.to_string());
            match next_attempt(&draft, &attempts).filter(|_| is_retried(&failure)) {
                Some(retry_at) => delay(&mut draft, retry_at, error),
                None => give_up(&mut draft, attempts, failure),
            }
        }
        Report::Unusable(problem) => {
            let action = attempts.request.action.clone();
            let reason = ParkReason::Unusable { action, problem };
            draft.park(reason, Pending::Attempts);
        }
    }
    Some(draft)
}

/// What it said is for the next attempt.
pub(super) fn beaten(
    mut draft: Draft<'_>,
    leaf: LeafId,
    attempt: u32,
    details: Payload,
) -> Option<Draft<'_>> {
    running(&draft, leaf, attempt)?;
    let mut leaf = draft.turn_to(leaf)?.clone();
    if let LeafWait::Action(attempts) = &mut leaf.wait {
        attempts.heartbeat = Some(details);
    }
    draft.wait_for(leaf);
    Some(draft)
}

/// The action of `leaf`, if it is in its attempt of that number.
pub(super) fn running<'d>(
    draft: &'d Draft<'_>,
    leaf: LeafId,
    attempt: u32,
) -> Option<&'d Attempts> {
    let leaf = draft.hot.waiting().find(|waiting| waiting.id == leaf)?;
    match &leaf.wait {
        LeafWait::Action(attempts) if attempts.retry_at.is_none() => {
            Some(attempts).filter(|attempts| attempts.attempt == attempt)
        }
        _ => None,
    }
}

/// Hands a value to the flow.
fn bring(draft: &mut Draft<'_>, attempts: &Attempts, payload: Payload, is_ok: bool) {
    let Some(leaf) = draft.waiting() else { return };
    let (id, label, since) = (leaf.id, leaf.label.clone(), leaf.since);
    let flow = draft.called(leaf);
    if draft.hot.ending.is_some() && !is_ok {
        let failure = payload.to_json().unwrap_or_default().to_string();
        return not_undone(draft, attempts, failure);
    }
    let what = || format!("the result of `{}`", attempts.request.action);
    if let Some(reason) = size::oversized(&payload, draft.rules.max_value_bytes, what) {
        return draft.park(reason, Pending::Attempts);
    }
    draft.journal.push(Happening::Action {
        action: name(draft, attempts),
        flow,
        label,
        attempts: attempts.attempt,
        since,
        outcome: Brought::of(&payload),
    });
    if draft.hot.ending.is_some() {
        ending::undone(draft);
    } else {
        step::resume(draft, id, Outcome::Value(payload));
    }
}

/// What was to undo a step failed in the end.
fn not_undone(draft: &mut Draft<'_>, attempts: &Attempts, failure: String) {
    let action = attempts.request.action.clone();
    let reason = ParkReason::NotUndone { action, failure };
    draft.park(reason, Pending::Attempts);
}

/// When the next attempt begins; `None` when there is none.
fn next_attempt(draft: &Draft<'_>, attempts: &Attempts) -> Option<Timestamp> {
    let leaf = draft.waiting()?.id;
    let policy = policy(draft, attempts);
    let failed = attempts.attempt.saturating_sub(attempts.forgiven);
    let random = random(draft.instance.seed, leaf, attempts.attempt);
    let retry_at = draft.now + policy.retry.delay(failed, random)?;
    let ends = policy
        .total_timeout
        .map(|limit| attempts.started_at + limit);
    ends.is_none_or(|ends| retry_at < ends).then_some(retry_at)
}

fn delay(draft: &mut Draft<'_>, retry_at: Timestamp, error: LastError) {
    let Some(mut leaf) = draft.waiting().cloned() else {
        return;
    };
    if let LeafWait::Action(attempts) = &mut leaf.wait {
        draft.journal.push(Happening::Attempt {
            action: name(draft, attempts),
            attempt: attempts.attempt,
            error: match &error {
                LastError::Value(value) => Brought::of(value),
                LastError::Text(text) => Brought::Text(text.clone()),
            },
        });
        attempts.attempt = attempts.attempt.saturating_add(1);
        attempts.retry_at = Some(retry_at);
        attempts.last_error = Some(error).filter(|error| is_small(draft, error));
    }
    draft.wait_for(leaf);
}

/// There is no further attempt and no value of the action's own.
fn give_up(draft: &mut Draft<'_>, mut attempts: Attempts, failure: ActionFailure) {
    if draft.hot.ending.is_some() {
        return not_undone(draft, &attempts, failure.to_string());
    }
    if failure == ActionFailure::Interrupted {
        // It says so of the one before, and never began itself.
        attempts.attempt = attempts.attempt.saturating_sub(1);
    }
    let action = attempts.request.action.clone();
    let Some(def) = draft.rules.registry.action(&action) else {
        let reason = ParkReason::UnknownAction { action };
        return draft.park(reason, Pending::Attempts);
    };
    let text = failure.to_string();
    match segment::guarded(|| (def.failed)(failure)) {
        Ok(Some(payload)) => bring(draft, &attempts, payload, false),
        Ok(None) => {
            let reason = ParkReason::NoErrorValue {
                action,
                attempts: attempts.attempt,
                failure: text,
            };
            draft.park(reason, Pending::Attempts);
        }
        Err(reason) => draft.park(reason, Pending::Attempts),
    }
}

/// What the action's definition and its call say.
fn policy(draft: &Draft<'_>, attempts: &Attempts) -> Policy {
    let def = draft.rules.registry.action(&attempts.request.action);
    let policy = def.map_or(Policy::DEFAULT, |def| def.policy);
    policy.tuned(attempts.request.policy.as_deref())
}

/// No time is left when all attempts together took too long.
fn is_retried(failure: &ActionFailure) -> bool {
    !matches!(failure, ActionFailure::TotalTimedOut { .. })
}

/// An error over the size limit is not worth a place in the row.
fn is_small(draft: &Draft<'_>, error: &LastError) -> bool {
    match error {
        LastError::Value(value) => value.bytes().len() <= draft.rules.max_value_bytes,
        LastError::Text(_) => true,
    }
}

fn name(draft: &Draft<'_>, attempts: &Attempts) -> Name {
    let action = &attempts.request.action;
    match draft.rules.registry.action(action) {
        Some(def) => Name::Borrowed(def.name),
        None => Name::Owned(action.clone()),
    }
}

/// A number in 0..1 that is the same whenever this attempt is looked at
/// (`SplitMix64` of all three).
fn random(seed: u64, leaf: LeafId, attempt: u32) -> f64 {
    let mut z =
        seed ^ leaf.0.rotate_left(32) ^ u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let high = u32::try_from((z ^ (z >> 31)) >> 32).expect("the upper half has 32 bits");
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}
