//! A turn in the making: the state as it changes, and what comes of it.
//!
//! Whatever can be read off the difference of two states (index rows, timers,
//! pieces, the action to start) is derived in [`Draft::finish`], once for all
//! events, so that no event can forget a part of it.

use std::sync::Arc;

use super::recover::run_again;
use super::{Post, Rules, State, Turned, Write, unborn};
use crate::ids::{InstanceKey, LeafId, TurnNo};
use crate::log::Lines;
use crate::record::{
    Happening, Hot, Instance, JournalSeq, Leaf, Leaves, Name, ParkReason, Parked, Pending, Phase,
};
use crate::time::Timestamp;

pub(super) struct Draft<'a> {
    pub(super) rules: &'a Rules,
    pub(super) now: Timestamp,
    pub(super) key: InstanceKey,
    pub(super) instance: Arc<Instance>,
    /// The state as it changes.
    pub(super) hot: Hot,
    /// The leaf that the event is about; of one that is about none the first.
    pub(super) at: Option<LeafId>,
    /// Writes that cannot be derived: messages, and the instance itself.
    pub(super) writes: Vec<Write>,
    pub(super) journal: Vec<Happening>,
    /// What it means for other instances.
    pub(super) posts: Vec<Post>,
    /// What its flow logged.
    pub(super) lines: Lines,
    /// The leaf from which its flow went on first.
    pub(super) from: Option<LeafId>,
    /// The state before; `None` at the start.
    pub(super) before: Option<Arc<Hot>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(state: &State, rules: &'a Rules, now: Timestamp) -> Self {
        Self {
            rules,
            now,
            key: state.key,
            instance: Arc::clone(&state.instance),
            hot: Hot::clone(&state.hot),
            at: None,
            writes: Vec::new(),
            journal: Vec::new(),
            posts: Vec::new(),
            lines: Lines::default(),
            from: None,
            before: Some(Arc::clone(&state.hot)),
        }
    }

    pub(super) fn starting(
        key: InstanceKey,
        instance: Arc<Instance>,
        hot: Hot,
        rules: &'a Rules,
        now: Timestamp,
    ) -> Self {
        Self {
            rules,
            now,
            key,
            instance,
            hot,
            at: None,
            writes: Vec::new(),
            journal: Vec::new(),
            posts: Vec::new(),
            lines: Lines::default(),
            from: None,
            before: None,
        }
    }

    /// The leaf that the event is about; `None` while parked, and if nothing
    /// waits for it any more.
    pub(super) fn waiting(&self) -> Option<&Leaf> {
        let mut waiting = self.hot.waiting();
        match self.at {
            Some(id) => waiting.find(|leaf| leaf.id == id),
            None => waiting.next(),
        }
    }

    /// The flow that holds the leaf, if the instance's own calls it.
    pub(super) fn called(&self, leaf: &Leaf) -> Option<Name> {
        let own = self.rules.registry.is_own(self.instance.of(), &leaf.flow);
        (!own).then(|| leaf.flow.clone())
    }

    /// The leaf of that number, which the event is about from now on.
    pub(super) fn turn_to(&mut self, leaf: LeafId) -> Option<&Leaf> {
        self.at = Some(leaf);
        self.waiting()
    }

    /// Waits for `leaf`, in place of the one of its number if there is one.
    pub(super) fn wait_for(&mut self, leaf: Leaf) {
        let id = leaf.id;
        let mut leaves: Vec<Leaf> = self.hot.leaves().cloned().collect();
        if matches!(self.hot.phase, Phase::Parked(_)) {
            // An attempt that ended meanwhile was not heard: it is made again.
            leaves
                .iter_mut()
                .filter(|other| other.id != id)
                .for_each(|other| {
                    run_again(other);
                });
        }
        match leaves.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = leaf,
            None => leaves.push(leaf),
        }
        leaves.sort_by_key(|leaf| leaf.id);
        if let Some(leaves) = Leaves::of(leaves) {
            self.hot.phase = Phase::Waiting(leaves);
        }
        self.at = Some(id);
    }

    /// Has the record of the instance changed to this.
    pub(super) fn change(&mut self, instance: Instance) {
        self.instance = Arc::new(instance);
        self.writes.push(Write::Change {
            key: self.key,
            instance: Arc::clone(&self.instance),
        });
    }

    /// Parks the instance; frame and leaves stay as they are.
    pub(super) fn park(&mut self, reason: ParkReason, pending: Pending) {
        self.journal.push(Happening::Parked {
            reason: reason.to_string(),
        });
        let leaf = self.waiting().or_else(|| self.hot.leaf()).cloned();
        let others = self
            .hot
            .leaves()
            .filter(|other| Some(*other) != leaf.as_ref());
        let others = others.cloned().collect();
        self.hot.phase = Phase::Parked(Box::new(Parked {
            at: self.now,
            reason,
            leaf,
            others,
            pending,
        }));
    }

    pub(super) fn finish(mut self, next_seq: JournalSeq) -> Turned {
        self.hot.turn = TurnNo(self.hot.turn.0.saturating_add(1));
        unborn::hold(&mut self);
        let next_seq = self.write_journal(next_seq);
        self.write_chunks();
        self.write_wakers();
        let wakes = self.new_wakes();
        let stops = self.stops();
        self.ask_for_ends();
        self.dismiss();
        self.drop_held();
        unborn::drop_rows(&mut self);
        let logged = self.logged();
        let parks = self.parks();
        let hot = Arc::new(self.hot);
        self.writes.push(Write::Hot {
            key: self.key,
            hot: Arc::clone(&hot),
        });
        Turned {
            state: State {
                key: self.key,
                instance: self.instance,
                hot,
            },
            writes: self.writes,
            wakes,
            stops,
            posts: self.posts,
            logged,
            parks,
            next_seq,
        }
    }
}
