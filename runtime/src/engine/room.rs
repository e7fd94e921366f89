//! Attempts for which there is no room: of each only its number is known, and its instance
//! leaves memory, so that a hundred thousand calls at once cost little.
//!
//! Twice as many as may run are handed over, so that those that end are followed at once.

use std::collections::VecDeque;

use super::core::{Core, Mode};
use super::running::Place;
use crate::turn::{self, State, Wake};

/// So many instances are in memory before one leaves that waits for room: reading it again
/// costs as much as half a step.
const KEPT: usize = 1024;
/// And so many before one leaves that no flow spawned: a client starts these one by one.
const KEPT_ROOTS: usize = 32 * KEPT;

pub(super) struct Room {
    /// So many are handed over.
    most: usize,
    waiting: VecDeque<(Place, u32)>,
}

impl Room {
    /// For so many at the same time.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most: most.saturating_mul(2),
            waiting: VecDeque::new(),
        }
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Forgets all that wait.
    pub(super) fn clear(&mut self) {
        self.waiting.clear();
    }
}

impl Core {
    /// Hands the attempt over if there is room; otherwise it waits for that, in order.
    pub(super) fn admit(&mut self, state: &State, wake: Wake) {
        let Wake::Attempt { leaf, attempt, .. } = &wake else {
            return;
        };
        if self.running.len() < self.room.most && self.room.waiting.is_empty() {
            return self.hand_over(state, wake);
        }
        let place = (state.key, *leaf);
        self.room.waiting.push_back((place, *attempt));
        // Its instance leaves memory once that is durable.
        self.pending.notify = true;
    }

    /// Hands over attempts that waited, as far as there is room by now.
    pub(super) fn fill_room(&mut self) {
        let free = self.room.most.saturating_sub(self.running.len());
        let next = self.room.waiting.iter().take(free);
        let keys = next.map(|((key, _), _)| *key);
        if keys.len() == 0 || !matches!(self.mode, Mode::Open) {
            return;
        }
        if let Err(error) = self.slots.load_all(&*self.store, keys) {
            return self.store_failed(error);
        }
        for _ in 0..free {
            let Some((place, attempt)) = self.room.waiting.pop_front() else {
                return;
            };
            self.begin_waiting(place, attempt);
        }
    }

    fn begin_waiting(&mut self, (key, leaf): Place, attempt: u32) {
        let Some(state) = self.state(key) else { return };
        // It may have been given up meanwhile, or begun otherwise.
        if self.running.get((key, leaf), attempt).is_some() {
            return;
        }
        let is_wanted = |wake: &Wake| match wake {
            Wake::Attempt {
                leaf: its,
                attempt: no,
                ..
            } => *its == leaf && *no == attempt,
            _ => false,
        };
        if let Some(wake) = turn::wakes(&state.hot).into_iter().find(is_wanted) {
            self.hand_over(&state, wake);
        }
    }

    /// Whether the instance can leave memory, since nothing is done for it now.
    pub(super) fn is_at_rest(&self, state: &State) -> bool {
        let runs = |place| self.running.is_wanted(place);
        if !state.hot.is_active() {
            return true;
        }
        // Whoever waits for its end has more in memory than it.
        let is_child = state.instance.parent.is_some();
        let kept = if is_child { KEPT } else { KEPT_ROOTS };
        if self.slots.len() <= kept || self.watchers.contains_key(&state.key) {
            return false;
        }
        let mut waiting = state.hot.waiting();
        !waiting.any(|leaf| runs((state.key, leaf.id)))
            && turn::wakes(&state.hot)
                .iter()
                .all(|wake| matches!(wake, Wake::Attempt { .. }))
    }
}
