//! The states in memory: of instances that are active or not durable yet.
//!
//! Whoever waits for a timer or a message leaves as soon as its last write is
//! durable, so that sleeping costs no memory.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::loose::{Landed, Loose};
use crate::ids::{InstanceId, InstanceKey};
use crate::store::{Store, StoreError, View};
use crate::turn::State;

/// Room for so many is kept for the next ones.
const SPARE: usize = 256;

#[derive(Default)]
pub(super) struct Slots {
    present: FxHashMap<InstanceKey, Slot>,
    /// The ids of all that are in memory.
    names: HashMap<InstanceId, InstanceKey>,
    /// Which slots each batch wrote, in order of the batches.
    touched: VecDeque<(u64, InstanceKey)>,
}

struct Slot {
    state: State,
    /// The last batch that wrote it; 0 when none did since it was loaded.
    batch: u64,
    /// Where its state stands among the writes of that batch.
    place: usize,
    /// Whether that batch removes it.
    removed: bool,
    /// What few have.
    loose: Option<Box<Loose>>,
}

impl Slot {
    /// Lets go of what is durable now; gives the values of it.
    fn settle(&mut self, committed: u64) -> Vec<Landed> {
        let Some(loose) = &mut self.loose else {
            return Vec::new();
        };
        let landed = loose.land(committed);
        if loose.is_empty() {
            self.loose = None;
        }
        landed
    }
}

/// An instance of which something has become durable.
pub(super) struct Settled {
    pub(super) key: InstanceKey,
    /// Whether all of it is.
    pub(super) whole: bool,
    /// Those values of it that are new.
    pub(super) landed: Vec<Landed>,
}

impl Slots {
    /// The present state, from memory or from the store; `None` when there is
    /// no such instance (any more).
    pub(super) fn load(
        &mut self,
        store: &dyn Store,
        key: InstanceKey,
    ) -> Result<Option<State>, StoreError> {
        if let Some(slot) = self.present.get(&key) {
            return Ok((!slot.removed).then(|| slot.state.clone()));
        }
        let state = read(&*store.view()?, key)?;
        Ok(state.inspect(|state| self.take_in(state.clone())))
    }

    /// Takes these into memory, as far as they can be read: cheaper than one by one.
    pub(super) fn load_all(
        &mut self,
        store: &dyn Store,
        keys: impl Iterator<Item = InstanceKey>,
    ) -> Result<(), StoreError> {
        let view = store.view()?;
        for key in keys {
            if !self.present.contains_key(&key)
                && let Ok(Some(state)) = read(&*view, key)
            {
                self.take_in(state);
            }
        }
        Ok(())
    }

    /// Nothing is to be written of it yet: it leaves with the next settling unless a turn
    /// changes it.
    fn take_in(&mut self, state: State) {
        self.touched.push_front((0, state.key));
        self.insert(state, 0, 0);
    }

    /// The present state, without taking it into memory.
    pub(super) fn look(
        &self,
        store: &dyn Store,
        key: InstanceKey,
    ) -> Result<Option<State>, StoreError> {
        match self.present.get(&key) {
            Some(slot) => Ok((!slot.removed).then(|| slot.state.clone())),
            None => read(&*store.view()?, key),
        }
    }

    /// The key of an id, from memory or from the store.
    pub(super) fn find(
        &self,
        store: &dyn Store,
        id: &InstanceId,
    ) -> Result<Option<InstanceKey>, StoreError> {
        match self.names.get(id) {
            Some(key) => {
                let removed = self.present.get(key).is_some_and(|slot| slot.removed);
                Ok(Some(*key).filter(|_| !removed))
            }
            None => store.view()?.find(id),
        }
    }

    /// The state in memory, and whether it is being removed.
    pub(super) fn peek(&self, key: InstanceKey) -> Option<(&State, bool)> {
        let slot = self.present.get(&key)?;
        Some((&slot.state, slot.removed))
    }

    /// Whether all of the instance that is in memory is durable.
    pub(super) fn is_durable(&self, key: InstanceKey, committed: u64) -> bool {
        let slot = self.present.get(&key);
        slot.is_none_or(|slot| slot.batch <= committed)
    }

    /// The state that `batch` writes at this place of its writes; gives the place if the
    /// batch has a state of the instance before.
    pub(super) fn put(&mut self, state: State, batch: u64, place: usize) -> Option<usize> {
        let key = state.key;
        match self.present.get_mut(&key) {
            Some(slot) => {
                slot.state = state;
                if slot.batch == batch {
                    return Some(slot.place);
                }
                (slot.batch, slot.place) = (batch, place);
            }
            None => self.insert(state, batch, place),
        }
        self.touched.push_back((batch, key));
        None
    }

    /// Marks an instance as removed by `batch`.
    pub(super) fn remove(&mut self, key: InstanceKey, batch: u64) {
        if let Some(slot) = self.present.get_mut(&key) {
            slot.removed = true;
            slot.batch = batch;
            self.touched.push_back((batch, key));
        }
    }

    /// The instances of which writes have become durable since the last call.
    pub(super) fn settle(&mut self, committed: u64) -> Vec<Settled> {
        let mut settled = Vec::new();
        while let Some((_, key)) = self.touched.pop_front_if(|(batch, _)| *batch <= committed) {
            if let Some(slot) = self.present.get_mut(&key) {
                let landed = slot.settle(committed);
                let whole = slot.batch <= committed;
                settled.push(Settled { key, whole, landed });
            }
        }
        self.shrink();
        settled
    }

    /// How many instances are in memory.
    pub(super) fn len(&self) -> usize {
        self.present.len()
    }

    /// Forgets a durable instance.
    pub(super) fn evict(&mut self, key: InstanceKey) {
        if let Some(slot) = self.present.remove(&key) {
            let id = &slot.state.instance.id;
            if self.names.get(id) == Some(&key) {
                self.names.remove(id);
            }
        }
    }

    /// Gives back what a burst has left, once most of it is not used any more.
    fn shrink(&mut self) {
        let used = self.present.len().max(SPARE);
        if self.present.capacity() > used * 4 {
            self.present.shrink_to(used * 2);
            self.names.shrink_to(used * 2);
            self.touched.shrink_to(used * 2);
        }
    }

    pub(super) fn loose(&self, key: InstanceKey) -> Option<&Loose> {
        self.present.get(&key)?.loose.as_deref()
    }

    pub(super) fn loose_mut(&mut self, key: InstanceKey) -> Option<&mut Loose> {
        let slot = self.present.get_mut(&key)?;
        Some(slot.loose.get_or_insert_default())
    }

    fn insert(&mut self, state: State, batch: u64, place: usize) {
        self.names.insert(state.instance.id.clone(), state.key);
        let slot = Slot {
            state,
            batch,
            place,
            removed: false,
            loose: None,
        };
        self.present.insert(slot.state.key, slot);
    }
}

/// An instance as the store has it.
pub(super) fn read(view: &dyn View, key: InstanceKey) -> Result<Option<State>, StoreError> {
    let loaded = view.load(key)?;
    Ok(loaded.map(|(instance, hot)| State {
        key,
        instance: Arc::new(instance),
        hot: Arc::new(hot),
    }))
}
