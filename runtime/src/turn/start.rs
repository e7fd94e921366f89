//! The first turn of an instance.

use std::sync::Arc;

use super::draft::Draft;
use super::{Rules, Turned, Write, message, step};
use crate::ids::InstanceKey;
use crate::machine::FlowDef;
use crate::machine::start_frame;
use crate::payload::Payload;
use crate::record::{Happening, Hot, Instance, JournalSeq};
use crate::time::Timestamp;

/// An instance that nobody has heard of yet.
#[derive(Debug)]
pub struct NewInstance {
    /// Its key, never used before.
    pub key: InstanceKey,
    /// Its record.
    pub instance: Instance,
    /// What is in its channels from the beginning.
    pub messages: Vec<(Arc<str>, Payload)>,
}

/// Creates the instance and runs its flow up to the first `.await`.
#[must_use]
pub fn start(
    new: NewInstance,
    flow: &FlowDef,
    rules: &Rules,
    now: Timestamp,
    next_seq: JournalSeq,
) -> Turned {
    let mut draft = create(new, flow, rules, now);
    draft.journal.push(Happening::Started);
    step::start(&mut draft);
    draft.finish(next_seq)
}

fn create<'r>(new: NewInstance, flow: &FlowDef, rules: &'r Rules, now: Timestamp) -> Draft<'r> {
    let NewInstance {
        key,
        instance,
        messages,
    } = new;
    let hot = Hot::new(start_frame(flow.shape, &instance.arguments));
    let instance = Arc::new(instance);
    let mut draft = Draft::starting(key, Arc::clone(&instance), hot, rules, now);
    draft.writes.push(Write::Create { key, instance });
    for (channel, payload) in messages {
        message::store(&mut draft, channel, payload);
    }
    draft
}
