//! Messages: kept in order until the flow asks, consumed with the step.

use std::sync::Arc;

use super::draft::Draft;
use super::{Write, step};
use crate::ids::LeafId;
use crate::machine::Outcome;
use crate::payload::Payload;
use crate::record::{Brought, Happening, LeafWait, ParkReason, Pending, Phase, Queue};

/// Somebody sent a message: the flow gets it if it waits for nothing else and
/// no older one is stored, else it is stored.
pub(super) fn sent(
    mut draft: Draft<'_>,
    channel: Arc<str>,
    payload: Payload,
    message_id: Option<Arc<str>>,
) -> Option<Draft<'_>> {
    if draft.hot.is_finished() || draft.hot.ending.is_some() {
        return None;
    }
    if let Some(message_id) = message_id {
        let key = draft.key;
        draft.writes.push(Write::Seen { key, message_id });
    }
    match waits_for(&draft, &channel).filter(|_| draft.hot.stored(&channel) == 0) {
        Some(leaf) => receive(&mut draft, leaf, channel, payload),
        None => store(&mut draft, channel, payload),
    }
    Some(draft)
}

/// The engine brings the first stored message of the channel.
pub(super) fn next<'a>(
    mut draft: Draft<'a>,
    channel: &Arc<str>,
    seq: u64,
    payload: Payload,
) -> Option<Draft<'a>> {
    let leaf = waits_for(&draft, channel)?;
    pop(&mut draft, channel, seq)?;
    receive(&mut draft, leaf, Arc::clone(channel), payload);
    Some(draft)
}

/// Takes the first stored message of the channel out, which has this number.
pub(super) fn pop(draft: &mut Draft<'_>, channel: &Arc<str>, seq: u64) -> Option<()> {
    let inbox = &mut draft.hot.inbox;
    let at = inbox.iter().position(|queue| queue.channel == *channel)?;
    let queue = inbox.get_mut(at)?;
    if queue.head != seq {
        return None;
    }
    queue.head += 1;
    if queue.head == queue.tail {
        inbox.swap_remove(at);
    }
    draft.writes.push(Write::DropMessage {
        key: draft.key,
        channel: Arc::clone(channel),
        seq,
    });
    Some(())
}

/// Drops the message with which the instance is parked; it waits for the next.
///
/// Only a message that may itself be the cause is dropped: code that does not
/// fit its frame could not take a good one either.
pub(super) fn skip(mut draft: Draft<'_>) -> Option<Draft<'_>> {
    let Phase::Parked(parked) = &draft.hot.phase else {
        return None;
    };
    if !matches!(
        parked.reason,
        ParkReason::UnreadableMessage { .. } | ParkReason::Panicked { .. }
    ) {
        return None;
    }
    let leaf = parked.leaf.clone()?;
    let (LeafWait::Message { channel }, Pending::Outcome(Outcome::Value(payload))) =
        (&leaf.wait, &parked.pending)
    else {
        return None;
    };
    let (channel, message) = (Arc::clone(channel), Brought::of(payload));
    draft.journal.push(Happening::Skipped { channel, message });
    draft.hot.recoveries = 0;
    draft.wait_for(leaf);
    Some(draft)
}

/// The first leaf that waits for a message of `channel`.
fn waits_for(draft: &Draft<'_>, channel: &str) -> Option<LeafId> {
    let Phase::Waiting(leaves) = &draft.hot.phase else {
        return None;
    };
    if draft.hot.is_bearing() {
        return None;
    }
    leaves.receiving(channel).map(|leaf| leaf.id)
}

fn receive(draft: &mut Draft<'_>, leaf: LeafId, channel: Arc<str>, payload: Payload) {
    let message = Brought::of(&payload);
    draft.turn_to(leaf);
    let flow = draft.waiting().and_then(|leaf| draft.called(leaf));
    draft.journal.push(Happening::Message {
        flow,
        channel,
        message,
    });
    step::resume(draft, leaf, Outcome::Value(payload));
}

/// Keeps a message until the flow asks.
pub(super) fn store(draft: &mut Draft<'_>, channel: Arc<str>, payload: Payload) {
    let inbox = &mut draft.hot.inbox;
    let known = inbox.iter_mut().find(|queue| queue.channel == channel);
    let seq = if let Some(queue) = known {
        let seq = queue.tail;
        queue.tail += 1;
        seq
    } else {
        inbox.push(Queue {
            channel: Arc::clone(&channel),
            head: 0,
            tail: 1,
        });
        0
    };
    draft.writes.push(Write::Message {
        key: draft.key,
        channel,
        seq,
        payload,
    });
}
