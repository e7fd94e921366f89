//! What flows put, for themselves and for those who wait for it.
//!
//! The store's rows are what is durable; those that a batch is still bringing there are in
//! the slots. A flow sees both, whoever looks from outside the durable ones only.

use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;
use tokio::sync::oneshot;

use super::core::{Core, Mode};
use super::error::Refusal;
use super::loose::Landed;
use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::payload::Payload;
use crate::record::{Datum, ParkReason, Phase};
use crate::store::StoreError;

/// Somebody who waits for a value.
pub(crate) struct Looker {
    pub(crate) id: InstanceId,
    pub(crate) name: DataKey,
    /// The value that was seen last, and of which instance: only a newer one counts.
    pub(crate) after: Option<(InstanceKey, u64)>,
    pub(crate) reply: oneshot::Sender<Result<Look, Refusal>>,
}

/// What a looker is told.
#[derive(Debug, Clone)]
pub(crate) enum Look {
    /// There is a value, of this instance.
    Found(InstanceKey, Datum),
    /// The instance has ended, and there will be none.
    Ended,
}

impl Looker {
    fn wants(&self, key: InstanceKey, datum: &Datum) -> bool {
        let seen = self.after.filter(|(of, _)| *of == key);
        seen.is_none_or(|(_, version)| datum.version > version)
    }

    fn tell(self, found: Result<Look, Refusal>) {
        let _ = self.reply.send(found);
    }
}

#[derive(Default)]
pub(super) struct Lookers {
    waiting: FxHashMap<InstanceKey, Vec<Looker>>,
    /// Those who came while the store was not open, or waited when it failed.
    later: Vec<Looker>,
}

impl Lookers {
    /// The store failed: what they wait for may have become durable all the same.
    pub(super) fn put_off(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.later.extend(waiting.into_values().flatten());
    }
}

impl Core {
    /// Tells of a value that is durable now, or once it is.
    pub(super) fn look_for(&mut self, looker: Looker) {
        if let Mode::Failed(_) = self.mode {
            self.lookers.later.push(looker);
            return;
        }
        match self.looked(&looker) {
            Err(refusal) => looker.tell(Err(refusal)),
            Ok((_, Some(look))) => looker.tell(Ok(look)),
            Ok((key, None)) => {
                let waiting = self.lookers.waiting.entry(key).or_default();
                waiting.retain(|other| !other.reply.is_closed());
                waiting.push(looker);
            }
        }
    }

    /// What there is to tell now.
    fn looked(&mut self, looker: &Looker) -> Result<(InstanceKey, Option<Look>), Refusal> {
        let found = self.slots.find(&*self.store, &looker.id);
        let found = found.map_err(|error| self.refuse_read(error))?;
        let key = found.ok_or(Refusal::Unknown)?;
        // First whether it has ended: nothing comes after that.
        let committed = self.committed.load(Ordering::Acquire);
        let mut ended = false;
        if self.slots.is_durable(key, committed) {
            let state = self.slots.look(&*self.store, key);
            let state = state.map_err(|error| self.refuse_read(error))?;
            let state = state.ok_or(Refusal::Unknown)?;
            ended = is_over(&state.hot.phase);
        }
        let datum = self.store.view().and_then(|view| {
            // Of an instance that is not durable there is nothing.
            view.datum(key, &looker.name)
        });
        let datum = datum.map_err(|error| self.refuse_read(error))?;
        let newer = datum.filter(|datum| looker.wants(key, datum));
        let look = newer.map(|datum| Look::Found(key, datum));
        Ok((key, look.or(ended.then_some(Look::Ended))))
    }

    /// What has become durable of an instance.
    pub(super) fn tell_lookers(&mut self, key: InstanceKey, landed: &[Landed]) {
        let Some(waiting) = self.lookers.waiting.get_mut(&key) else {
            return;
        };
        // Of several of one name the newest is told.
        for Landed { name, datum } in landed.iter().rev() {
            if let Some(datum) = datum {
                let wants = |looker: &mut Looker| looker.name == *name && looker.wants(key, datum);
                for looker in waiting.extract_if(.., wants) {
                    looker.tell(Ok(Look::Found(key, datum.clone())));
                }
            }
        }
        let committed = self.committed.load(Ordering::Acquire);
        if self.slots.is_durable(key, committed) {
            match self.slots.peek(key) {
                Some((_, true)) => {
                    let gone = waiting.drain(..);
                    gone.for_each(|looker| looker.tell(Err(Refusal::Unknown)));
                }
                Some((state, false)) if is_over(&state.hot.phase) => {
                    let over = waiting.drain(..);
                    over.for_each(|looker| looker.tell(Ok(Look::Ended)));
                }
                _ => {}
            }
        }
        waiting.retain(|looker| !looker.reply.is_closed());
        if waiting.is_empty() {
            self.lookers.waiting.remove(&key);
        }
    }

    /// The store is open again.
    pub(super) fn look_again(&mut self) {
        for looker in std::mem::take(&mut self.lookers.later) {
            self.look_for(looker);
        }
    }

    /// What a flow put, as an answer to it; `None` when the store failed.
    pub(super) fn value_for(&mut self, from: InstanceKey, name: &DataKey) -> Option<Payload> {
        match self.slots.datum(&*self.store, from, name) {
            Ok(datum) => {
                let value = datum.map(|datum| datum.value);
                Some(Payload::entry(name.as_str(), value.as_ref()))
            }
            // An answer that cannot be read parks it, others go on.
            Err(StoreError::Damaged { source }) => {
                tracing::error!(key = from.0, %source, "a value cannot be read");
                Some(Payload::default())
            }
            Err(error) => {
                self.store_failed(error);
                None
            }
        }
    }
}

/// Whether nothing will come any more, unless somebody mends a flow under test.
fn is_over(phase: &Phase) -> bool {
    match phase {
        Phase::Finished(_) => true,
        Phase::Parked(parked) => matches!(parked.reason, ParkReason::NotDeterministic { .. }),
        Phase::Waiting(_) => false,
    }
}
