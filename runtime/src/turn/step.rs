//! One step of the flow: from the `.await` it waits at to the next.
//!
//! In: the outcome of the leaf. Out: the next leaf, or the end, or a parked
//! instance whose checkpoint is what it was before.

use std::sync::Arc;

use bytes::Bytes;

use super::draft::Draft;
use super::segment::{self, Failure};
use super::{Write, size};
use crate::flow::Ambient;
use crate::ids::LeafId;
use crate::machine::{Cx, Fault, Outcome, Request, Step, Wait};
use crate::payload::Payload;
use crate::record::{
    Attempts, Ended, Happening, Instance, Leaf, LeafWait, Name, ParkReason, Pending, Phase, Place,
};

/// Runs the flow from its start.
pub(super) fn start(draft: &mut Draft<'_>) {
    run(draft, Cx::starting(), Pending::Start);
}

/// Hands the outcome of the leaf to the flow.
pub(super) fn resume(draft: &mut Draft<'_>, leaf: LeafId, outcome: Outcome) {
    let cx = Cx::resuming(leaf, outcome.clone(), draft.hot.next_leaf);
    run(draft, cx, Pending::Outcome(outcome));
}

/// A timer is due: the flow's own, or the delay before an attempt.
pub(super) fn timer_fired(mut draft: Draft<'_>, leaf: LeafId) -> Option<Draft<'_>> {
    let now = draft.now;
    let waiting = draft.waiting().filter(|waiting| waiting.id == leaf)?;
    match &waiting.wait {
        LeafWait::Timer { due } if *due <= now => {
            let (flow, label) = (draft.called(waiting), waiting.label.clone());
            draft.journal.push(Happening::Timer { flow, label });
            resume(&mut draft, leaf, Outcome::Fired);
        }
        LeafWait::Action(attempts) if attempts.retry_at.is_some_and(|at| at <= now) => {
            let mut waiting = waiting.clone();
            if let LeafWait::Action(attempts) = &mut waiting.wait {
                attempts.retry_at = None;
            }
            draft.wait_for(waiting);
        }
        _ => return None,
    }
    Some(draft)
}

fn run(draft: &mut Draft<'_>, mut cx: Cx, pending: Pending) {
    let instance = Arc::clone(&draft.instance);
    let Some(flow) = draft.rules.registry.flow(&instance.flow, instance.version) else {
        let reason = ParkReason::UnknownFlow {
            flow: instance.flow.to_string(),
            version: instance.version,
        };
        return draft.park(reason, pending);
    };
    let ambient = Ambient {
        instance: instance.id.clone(),
        now: draft.now,
        seed: instance.seed,
        turn: draft.hot.turn,
    };
    let stepped = match segment::run(flow, draft.hot.frame.clone(), ambient, &mut cx) {
        Ok(Step::Waiting(frame)) => go_on(draft, &instance, frame, cx),
        Ok(Step::Done(result)) => end(draft, &instance, result),
        Err(Failure::Panic(reason)) => Err(reason),
        Err(Failure::Fault(fault)) => Err(unfit(draft, &instance, &fault)),
    };
    match stepped {
        Ok(()) => draft.hot.recoveries = 0,
        Err(reason) => draft.park(reason, pending),
    }
}

/// Why the flow cannot go on with what it has, and where that is.
fn unfit(draft: &Draft<'_>, instance: &Instance, fault: &Fault) -> ParkReason {
    let leaf = draft.waiting();
    let registry = &draft.rules.registry;
    let site = leaf.and_then(|leaf| registry.site(instance.of(), &leaf.flow, &leaf.label));
    let place = site.map(Place::of);
    match (fault, leaf.map(|leaf| &leaf.wait)) {
        (
            Fault::DecodeOutcome {
                flow,
                label,
                source,
            },
            Some(LeafWait::Message { channel }),
        ) => ParkReason::UnreadableMessage {
            state: format!("{flow}::{label}"),
            place,
            channel: channel.to_string(),
            problem: source.to_string(),
        },
        _ => ParkReason::Fault {
            message: fault.to_string(),
            place,
        },
    }
}

fn go_on(
    draft: &mut Draft<'_>,
    instance: &Instance,
    frame: Bytes,
    cx: Cx,
) -> Result<(), ParkReason> {
    let limit_bytes = draft.rules.max_value_bytes;
    let (requests, next_leaf) = cx.finish();
    let requests: Result<[Request; 1], _> = requests.try_into();
    let [request] = requests.map_err(|requests: Vec<Request>| ParkReason::Unsupported {
        requests: u64::try_from(requests.len()).unwrap_or(u64::MAX),
    })?;
    if let Some(reason) = size::oversized_local(&instance.flow, &frame, limit_bytes) {
        return Err(reason);
    }
    if let Wait::Action(call) = &request.wait
        && let Some((name, size_bytes)) = size::oversized_field(&call.arguments, limit_bytes)
    {
        let what = format!("argument `{name}` of `{}`", call.action);
        return Err(ParkReason::too_large(what, size_bytes, limit_bytes));
    }
    draft.hot.frame = frame;
    draft.hot.next_leaf = next_leaf;
    ask(draft, request);
    Ok(())
}

/// Makes what the flow asked for the leaf to wait for.
fn ask(draft: &mut Draft<'_>, request: Request) {
    let mut unknown = None;
    let wait = match request.wait {
        Wait::Timer { due } => LeafWait::Timer { due },
        Wait::Message { channel } => LeafWait::Message {
            channel: channel.into(),
        },
        Wait::Action(call) => {
            if draft.rules.registry.action(&call.action).is_none() {
                unknown = Some(call.action.clone());
            }
            LeafWait::Action(Attempts {
                request: Arc::new(call),
                attempt: 1,
                forgiven: 0,
                started_at: draft.now,
                retry_at: None,
                last_error: None,
            })
        }
    };
    draft.wait_for(Leaf {
        id: request.leaf,
        flow: Name::Borrowed(request.site.flow),
        label: Name::Borrowed(request.site.label),
        since: draft.now,
        wait,
    });
    if let Some(action) = unknown {
        draft.park(ParkReason::UnknownAction { action }, Pending::Attempts);
    }
}

fn end(draft: &mut Draft<'_>, instance: &Instance, result: Payload) -> Result<(), ParkReason> {
    let what = || format!("the result of {}", instance.flow);
    if let Some(reason) = size::oversized(&result, draft.rules.max_value_bytes, what) {
        return Err(reason);
    }
    let at = draft.now;
    let ended = Arc::new(Instance {
        end: Some(Ended { at, result }),
        ..instance.clone()
    });
    let key = draft.key;
    draft.writes.push(Write::End {
        key,
        instance: Arc::clone(&ended),
    });
    draft.journal.push(Happening::Finished);
    draft.instance = ended;
    draft.hot.phase = Phase::Finished;
    draft.hot.frame = Bytes::new();
    Ok(())
}
