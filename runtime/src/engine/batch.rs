//! What turns want written and done, on its way to the commit thread.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::attempt::Attempt;
use super::error::Refusal;
use super::event::Reply;
use super::tell::Tell;
use crate::action::Heart;
use crate::payload::Payload;
use crate::store::StoreError;
use crate::turn::Write;

/// So many bytes end a batch of turns, and a transaction: both may be over it
/// by the last turn or batch that fitted.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The writes of some turns, and what to do once they are durable.
#[derive(Default)]
pub(super) struct Batch {
    /// Grows from batch to batch.
    pub(super) no: u64,
    /// Grows with each failure of the store: batches of before are void.
    pub(super) epoch: u64,
    pub(super) writes: Vec<Write>,
    /// About how large these are.
    pub(super) size_bytes: usize,
    pub(super) effects: Vec<Effect>,
    /// Whether the turn thread must hear of it at once.
    pub(super) notify: bool,
    /// Whether what follows is for another transaction.
    pub(super) is_last: bool,
}

impl Batch {
    /// Takes a write along, in the place of an earlier one if there is one.
    pub(super) fn add(&mut self, write: Write, instead: Option<usize>) {
        self.size_bytes += write.size_bytes();
        match instead.and_then(|place| self.writes.get_mut(place)) {
            Some(earlier) => {
                self.size_bytes -= earlier.size_bytes();
                *earlier = write;
            }
            None => self.writes.push(write),
        }
    }

    /// Whether it should be handed over before more turns are taken.
    pub(super) fn is_full(&self) -> bool {
        self.size_bytes >= MAX_BYTES
    }
}

pub(super) enum Effect {
    Reply(Reply),
    /// Says no, for a reason that is durable with the batch.
    Refuse(Reply, Refusal),
    /// Answers a question of a client.
    Answer(oneshot::Sender<Result<Payload, Refusal>>, Payload),
    Attempt(Attempt),
    /// Tells what a flow logged.
    Tell(Tell),
    /// Tells an attempt that nobody waits for its outcome any more.
    Stop(Arc<Heart>),
}

/// Tells everybody who waits for the batch that it was not written, as far as
/// is known.
pub(super) fn refuse(batch: Batch, error: &Arc<StoreError>) {
    for effect in batch.effects {
        let refusal = || Refusal::Store(Arc::clone(error));
        match effect {
            Effect::Reply(reply) | Effect::Refuse(reply, _) => {
                let _ = reply.send(Err(refusal()));
            }
            Effect::Answer(reply, _) => {
                let _ = reply.send(Err(refusal()));
            }
            Effect::Attempt(_) | Effect::Stop(_) | Effect::Tell(_) => {}
        }
    }
}
