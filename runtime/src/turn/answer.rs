//! What a flow asks of the engine, and the answer: stored with the step that asked,
//! and handed to the flow in a step of its own, so that one that only asks does not
//! keep the engine from others.

use std::sync::Arc;

use super::draft::Draft;
use super::message::pop;
use super::step;
use crate::ids::LeafId;
use crate::machine::Outcome;
use crate::payload::Payload;
use crate::record::{Brought, Happening, LeafWait};

/// The answer to what the leaf asked.
pub(super) fn answered(mut draft: Draft<'_>, leaf: LeafId, answer: Payload) -> Option<Draft<'_>> {
    let mut leaf = draft.turn_to(leaf)?.clone();
    if leaf.wait != LeafWait::Asked {
        return None;
    }
    leaf.wait = LeafWait::Answered(answer);
    draft.wait_for(leaf);
    Some(draft)
}

/// The messages that the leaf asked for are its own from now on.
pub(super) fn taken<'a>(
    mut draft: Draft<'a>,
    leaf: LeafId,
    channel: &Arc<str>,
    messages: &[Payload],
) -> Option<Draft<'a>> {
    let asks = draft.turn_to(leaf)?;
    if asks.wait != LeafWait::Asked {
        return None;
    }
    let flow = draft.waiting().and_then(|leaf| draft.called(leaf));
    for message in messages {
        let seq = draft.hot.queue(channel)?.head;
        pop(&mut draft, channel, seq)?;
        draft.journal.push(Happening::Message {
            flow: flow.clone(),
            channel: Arc::clone(channel),
            message: Brought::of(message),
        });
    }
    answered(draft, leaf, Payload::list(messages))
}

/// The flow goes on with the answer.
pub(super) fn go_on(mut draft: Draft<'_>, leaf: LeafId) -> Option<Draft<'_>> {
    let LeafWait::Answered(answer) = &draft.turn_to(leaf)?.wait else {
        return None;
    };
    let answer = answer.clone();
    step::resume(&mut draft, leaf, Outcome::Value(answer));
    Some(draft)
}
