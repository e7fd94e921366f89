//! The first turn of an instance.

use std::sync::Arc;

use super::draft::Draft;
use super::{Rules, Turned, Write, step};
use crate::ids::InstanceKey;
use crate::machine::FlowDef;
use crate::machine::start_frame;
use crate::record::{Happening, Hot, Instance, JournalSeq};
use crate::time::Timestamp;

/// An instance that nobody has heard of yet.
#[derive(Debug)]
pub struct NewInstance {
    /// Its key, never used before.
    pub key: InstanceKey,
    /// Its record.
    pub instance: Instance,
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
    let NewInstance { key, instance } = new;
    let hot = Hot::new(start_frame(flow.shape, &instance.arguments));
    let instance = Arc::new(instance);
    let mut draft = Draft::starting(key, Arc::clone(&instance), hot, rules, now);
    draft.writes.push(Write::Create { key, instance });
    draft.journal.push(Happening::Started);
    step::start(&mut draft);
    draft.finish(next_seq)
}
