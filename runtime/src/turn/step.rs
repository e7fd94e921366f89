//! One step of the flow: from the `.await` it waits at to the next.
//!
//! In: the outcome of the leaf. Out: the next leaf, or the end, or a parked
//! instance whose checkpoint is what it was before.

use std::sync::Arc;

use bytes::Bytes;

use super::draft::Draft;
use super::segment::{self, Failure, Segment};
use super::{Post, crowd, ending, family, recorded, restart, size};
use crate::flow::{Ambient, Aside};
use crate::ids::LeafId;
use crate::machine::{Ask, Crowd, Cx, Fault, Outcome, Request, Returned, Step, Wait, leaves};
use crate::record::{
    Attempts, Ending, Happening, Instance, Leaf, LeafWait, Leaves, Name, ParkReason, Pending,
    Phase, Place,
};

/// Runs the flow from its start.
pub(super) fn start(draft: &mut Draft<'_>) {
    run(draft, Cx::starting(), Pending::Start);
}

/// Hands the outcome of the leaf to the flow.
pub(super) fn resume(draft: &mut Draft<'_>, leaf: LeafId, outcome: Outcome) {
    draft.at = Some(leaf);
    let cx = Cx::resuming(leaf, outcome.clone(), draft.hot.next_leaf);
    run(draft, cx, Pending::Outcome(outcome));
}

/// A timer is due: the flow's own, or the delay before an attempt.
pub(super) fn timer_fired(mut draft: Draft<'_>, leaf: LeafId) -> Option<Draft<'_>> {
    let now = draft.now;
    draft.turn_to(leaf)?;
    let waiting = draft.waiting()?;
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

fn run(draft: &mut Draft<'_>, cx: Cx, pending: Pending) {
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
        leaf: cx.resumed(),
        children: draft.hot.children,
        lineage: instance
            .parent
            .as_ref()
            .map(|parent| (parent.id.clone(), parent.root.clone())),
    };
    draft.from = draft.from.or(cx.resumed());
    let segment = Segment {
        flow: *flow,
        frame: draft.hot.frame.clone(),
        ambient,
        cx,
    };
    let stepped = match segment::run(segment, draft.rules) {
        Ok(stepped) => {
            draft.lines.append(stepped.lines);
            let (cx, asides) = (stepped.cx, stepped.asides);
            match stepped.step {
                Ok(Step::Waiting(frame)) => go_on(draft, &instance, frame, cx, asides),
                Ok(Step::Done(returned)) => end(draft, &instance, returned, asides),
                Err(Failure::Panic(reason)) => Err(reason),
                Err(Failure::Fault(fault)) => Err(unfit(draft, &instance, &fault)),
            }
        }
        Err(reason) => Err(reason),
    };
    match stepped {
        Ok(()) => {
            draft.hot.recoveries = 0;
            recorded::record(draft);
            if matches!(draft.hot.phase, Phase::Waiting(_)) && draft.hot.ending.is_none() {
                ending::heed(draft);
            }
        }
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
    asides: Vec<Aside>,
) -> Result<(), ParkReason> {
    let limit_bytes = draft.rules.max_value_bytes;
    let (requests, next_leaf) = cx.finish();
    if let Some(asked) = restart::asked(&requests) {
        return restart::restart(draft, asked, next_leaf, asides);
    }
    if let Some(reason) = size::oversized_local(&instance.flow, &frame, limit_bytes) {
        return Err(reason);
    }
    for request in &requests {
        if let Wait::Action(call) = &request.wait
            && let Some((name, size_bytes)) = size::oversized_field(&call.arguments, limit_bytes)
        {
            let what = format!("argument `{name}` of `{}`", call.action);
            return Err(ParkReason::too_large(what, size_bytes, limit_bytes));
        }
    }
    let asks = asks(&requests, limit_bytes)?;
    let crowds: Vec<_> = requests.iter().filter_map(crowd_of).collect();
    for (_, crowd) in &crowds {
        crowd::fits(crowd, limit_bytes)?;
    }
    let mut leaves = waited_for(draft, &frame, requests)?;
    let unknown = unknown_action(draft, &leaves);
    family::said(draft, asides)?;
    for (id, crowd) in crowds {
        let wait = crowd::enlist(draft, id, &crowd);
        if let Some(leaf) = leaves.iter_mut().find(|leaf| leaf.id == id) {
            leaf.wait = wait;
        }
    }
    draft.posts.extend(asks);
    draft.hot.frame = frame;
    draft.hot.next_leaf = next_leaf;
    draft.hot.phase = Phase::Waiting(leaves);
    draft.at = None;
    if let Some((leaf, action)) = unknown {
        draft.at = Some(leaf);
        draft.park(ParkReason::UnknownAction { action }, Pending::Attempts);
    }
    Ok(())
}

fn crowd_of(request: &Request) -> Option<(LeafId, Arc<Crowd>)> {
    match &request.wait {
        Wait::Crowd(crowd) => Some((request.leaf, Arc::clone(crowd))),
        _ => None,
    }
}

/// What the engine is asked for.
fn asks(requests: &[Request], limit_bytes: usize) -> Result<Vec<Post>, ParkReason> {
    let asks = requests.iter().filter_map(|request| match &request.wait {
        Wait::Ask(ask) => Some((request.leaf, ask)),
        _ => None,
    });
    asks.map(|(leaf, ask)| {
        if let Ask::Message {
            channel, message, ..
        } = ask
        {
            let what = || format!("the message for `{channel}`");
            if let Some(reason) = size::oversized(message, limit_bytes, what) {
                return Err(reason);
            }
        }
        let ask = ask.clone();
        Ok(Post::Ask { leaf, ask })
    })
    .collect()
}

/// The leaves that the frame waits for: those just asked for, and those from
/// before that it still names. All others are given up.
fn waited_for(
    draft: &Draft<'_>,
    frame: &Bytes,
    requests: Vec<Request>,
) -> Result<Leaves, ParkReason> {
    let asked = u64::try_from(requests.len()).unwrap_or(u64::MAX);
    let strange = || ParkReason::Unsupported { requests: asked };
    // What woke the flow is all that it waited for.
    let is_alone = draft.hot.waiting().nth(1).is_none();
    let mut new = requests.into_iter().map(|request| leaf(draft, request));
    if is_alone && asked == 1 {
        return Leaves::of(new.next()).ok_or_else(strange);
    }
    let mut known: Vec<Leaf> = draft.hot.waiting().cloned().chain(new).collect();
    let wanted = leaves(frame).ok_or_else(strange)?;
    known.retain(|leaf| Some(leaf.id) != draft.at && wanted.contains(&leaf.id));
    if known.len() != wanted.len() {
        return Err(strange());
    }
    known.sort_by_key(|leaf| leaf.id);
    Leaves::of(known).ok_or_else(strange)
}

/// What the flow asked for, as a leaf to wait for.
fn leaf(draft: &Draft<'_>, request: Request) -> Leaf {
    let wait = match request.wait {
        Wait::Timer { due } => LeafWait::Timer { due },
        Wait::Message { channel } => LeafWait::Message {
            channel: channel.into(),
        },
        Wait::Child { id, takes } => LeafWait::Child { id, takes },
        Wait::Cancelled => LeafWait::Cancelled,
        // Whoever asks to begin again has done so; a crowd is told of once it is enlisted.
        Wait::Ask(_) | Wait::Restart(_) | Wait::Crowd(_) => LeafWait::Asked,
        Wait::Action(call) => LeafWait::Action(Attempts::first(Arc::new(call), draft.now)),
    };
    Leaf {
        id: request.leaf,
        flow: Name::Borrowed(request.site.flow),
        label: Name::Borrowed(request.site.label),
        since: draft.now,
        wait,
        shielded: request.shielded,
    }
}

/// A new leaf whose action the program does not have.
fn unknown_action(draft: &Draft<'_>, leaves: &Leaves) -> Option<(LeafId, String)> {
    let is_new = |leaf: &&Leaf| leaf.id >= draft.hot.next_leaf;
    leaves
        .iter()
        .filter(is_new)
        .find_map(|leaf| match &leaf.wait {
            LeafWait::Action(attempts) => {
                let action = &attempts.request.action;
                let known = draft.rules.registry.action(action).is_some();
                (!known).then(|| (leaf.id, action.clone()))
            }
            _ => None,
        })
}

fn end(
    draft: &mut Draft<'_>,
    instance: &Instance,
    returned: Returned,
    asides: Vec<Aside>,
) -> Result<(), ParkReason> {
    let Returned { payload, failed } = returned;
    let what = || format!("the result of {}", instance.flow);
    if let Some(reason) = size::oversized(&payload, draft.rules.max_value_bytes, what) {
        return Err(reason);
    }
    family::said(draft, asides)?;
    ending::end(draft, Ending::Returned(payload), failed);
    Ok(())
}
