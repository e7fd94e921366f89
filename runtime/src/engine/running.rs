//! The attempts that run, as the turn thread knows them: whom they are for, and how they
//! are told that nobody waits any more.
//!
//! One is given up in the batch of the turn that does so. Until that is durable the store
//! could still fail, and the instance go on as it was: then the attempt is its own again,
//! and is not made a second time beside itself.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::batch::Effect;
use super::core::Core;
use crate::action::Heart;
use crate::ids::{InstanceKey, LeafId};
use crate::record::LeafWait;

/// The call that an attempt is one of.
pub(super) type Place = (InstanceKey, LeafId);

/// An attempt that may be running.
pub(super) struct Begun {
    pub(super) attempt: u32,
    /// The batch that lets it begin.
    pub(super) batch: u64,
    pub(super) heart: Arc<Heart>,
}

/// The attempts that were handed over and have not reported.
#[derive(Default)]
pub(super) struct Running {
    wanted: FxHashMap<Place, Begun>,
    /// By batches that may not be durable.
    given_up: VecDeque<(u64, Place, Begun)>,
}

impl Running {
    pub(super) fn begin(&mut self, place: Place, begun: Begun) {
        self.wanted.insert(place, begun);
    }

    pub(super) fn get(&self, place: Place, attempt: u32) -> Option<&Begun> {
        let begun = self.wanted.get(&place);
        begun.filter(|begun| begun.attempt == attempt)
    }

    /// It has reported.
    pub(super) fn end(&mut self, place: Place, attempt: u32) {
        if self.get(place, attempt).is_some() {
            self.wanted.remove(&place);
        }
        self.given_up
            .retain(|(_, other, begun)| *other != place || begun.attempt != attempt);
    }

    /// The turns of `batch` do not wait for it any more; gives whom to tell once that is
    /// durable.
    fn give_up(&mut self, place: Place, batch: u64) -> Option<Arc<Heart>> {
        let begun = self.wanted.remove(&place)?;
        let heart = Arc::clone(&begun.heart);
        self.given_up.push_back((batch, place, begun));
        Some(heart)
    }

    /// Batches up to `committed` are durable.
    pub(super) fn settle(&mut self, committed: u64) {
        while self
            .given_up
            .pop_front_if(|(batch, ..)| *batch <= committed)
            .is_some()
        {}
    }

    /// Batches after `committed` are void: what they gave up is wanted, what they let begin
    /// never began.
    pub(super) fn go_back(&mut self, committed: u64) {
        let given_up = self
            .given_up
            .drain(..)
            .map(|(_, place, begun)| (place, begun));
        self.wanted.extend(given_up);
        self.wanted.retain(|_, begun| begun.batch <= committed);
    }

    /// Takes all that are wanted, in order.
    pub(super) fn take(&mut self) -> Vec<(Place, Begun)> {
        let mut all: Vec<_> = self.wanted.drain().collect();
        all.sort_by_key(|(place, _)| *place);
        all
    }

    /// The calls that are waited for, in order.
    fn places(&self) -> Vec<Place> {
        let mut all: Vec<_> = self.wanted.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// Whether an attempt of the call was handed over, and is waited for.
    pub(super) fn is_wanted(&self, place: Place) -> bool {
        self.wanted.contains_key(&place)
    }

    pub(super) fn len(&self) -> usize {
        self.wanted.len()
    }
}

impl Core {
    /// Nobody waits for the attempt any more: it is told once that is durable.
    pub(super) fn give_up(&mut self, place: Place) {
        if let Some(heart) = self.running.give_up(place, self.pending.no) {
            self.pending.effects.push(Effect::Stop(heart));
        }
    }

    /// The store is open again, and may have what it said that it had not: gives up what
    /// nobody waits for by that.
    pub(super) fn give_up_unwanted(&mut self) {
        for (key, leaf) in self.running.places() {
            let state = self.state(key);
            let is_wanted = state.is_some_and(|state| {
                let mut leaves = state.hot.leaves();
                leaves.any(|known| known.id == leaf && matches!(known.wait, LeafWait::Action(_)))
            });
            if !is_wanted {
                self.give_up((key, leaf));
            }
        }
    }
}
