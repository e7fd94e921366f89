//! A turn in the making: the state as it changes, and what comes of it.
//!
//! Whatever can be read off the difference of two states (index rows, timers,
//! pieces, the action to start) is derived in [`Draft::finish`], once for all
//! events, so that no event can forget a part of it.

use std::sync::Arc;

use super::recover::run_again;
use super::wakes::wakes;
use super::{Journal, Post, Rules, State, Turned, Wake, Write};
use crate::ids::{InstanceKey, LeafId, TurnNo};
use crate::record::{
    Due, Entry, Happening, Hot, Instance, JournalSeq, JournalTail, Leaf, LeafWait, Leaves, Name,
    ParkReason, Parked, Pending, Phase,
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
    /// The state before; `None` at the start.
    before: Option<Arc<Hot>>,
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
        let next_seq = self.write_journal(next_seq);
        self.write_chunks();
        self.write_wakers();
        let wakes = self.new_wakes();
        let stops = self.stops();
        self.ask_for_ends();
        self.dismiss();
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
            next_seq,
        }
    }

    fn write_journal(&mut self, mut next_seq: JournalSeq) -> JournalSeq {
        let journal = std::mem::take(&mut self.journal);
        if self.rules.journal == Journal::Off {
            return next_seq;
        }
        for what in journal {
            let entry = Entry {
                key: self.key,
                previous: self.hot.journal.last,
                at: self.now,
                what,
            };
            let seq = next_seq;
            next_seq = JournalSeq(seq.0 + 1);
            self.writes.push(Write::Journal { seq, entry });
            self.hot.journal = JournalTail {
                last: Some(seq),
                rows: self.hot.journal.rows + 1,
            };
        }
        if let (Journal::Last(keep), Some(last)) = (self.rules.journal, self.hot.journal.last)
            && self.hot.journal.rows > u64::from(keep) * 2
        {
            let key = self.key;
            self.writes.push(Write::TrimJournal { key, last, keep });
            self.hot.journal.rows = keep.into();
        }
        next_seq
    }

    fn write_chunks(&mut self) {
        let key = self.key;
        let empty = Hot::new(bytes::Bytes::new());
        let before = self.before.as_deref().unwrap_or(&empty);
        let same = before.frame.as_ptr() == self.hot.frame.as_ptr();
        if same && before.frame.len() == self.hot.frame.len() || before.frame == self.hot.frame {
            return;
        }
        let (chunks, changed) = before.chunks.recut(&before.frame, &self.hot.frame);
        self.hot.chunks = chunks;
        let written = changed.written.into_iter();
        self.writes
            .extend(written.map(|(no, bytes)| Write::Chunk { key, no, bytes }));
        let dropped = changed.dropped.into_iter();
        self.writes
            .extend(dropped.map(|no| Write::DropChunk { key, no }));
    }

    fn write_wakers(&mut self) {
        let was = self.before.as_deref();
        let (was_active, active) = (was.is_some_and(Hot::is_active), self.hot.is_active());
        let were: Vec<Due> = was.into_iter().flat_map(|was| was.dues(self.key)).collect();
        let dues: Vec<Due> = self.hot.dues(self.key).collect();
        if was_active != active {
            let key = self.key;
            self.writes.push(Write::Active { key, active });
        }
        let gone = were.iter().filter(|due| !dues.contains(due));
        self.writes.extend(gone.copied().map(Write::DropTimer));
        let new = dues.iter().filter(|due| !were.contains(due));
        self.writes.extend(new.copied().map(Write::Timer));
    }

    /// What the engine must do now and did not have to do before.
    fn new_wakes(&self) -> Vec<Wake> {
        let before = self.before.as_deref().map(wakes).unwrap_or_default();
        let mut new = wakes(&self.hot);
        new.retain(|wake| !before.iter().any(|before| before.is_same(wake)));
        new
    }

    /// A child for which it waits now may have ended before, or while it was parked.
    fn ask_for_ends(&mut self) {
        let before = self.before.as_deref();
        let waited = |leaf: &Leaf| {
            let mut before = before.into_iter().flat_map(Hot::waiting);
            before.any(|known| known.id == leaf.id)
        };
        let asked = self.hot.waiting().filter_map(|leaf| match &leaf.wait {
            LeafWait::Child { id, .. } if !waited(leaf) => Some(Post::Await { child: id.clone() }),
            _ => None,
        });
        self.posts.extend(asked);
    }

    /// Many children for which it does not wait any more.
    fn dismiss(&mut self) {
        if self.hot.is_finished() {
            // All children are let go of.
            return;
        }
        let before = self.before.iter().flat_map(|before| before.leaves());
        let gone = before.filter(|leaf| {
            let is_crowd = matches!(leaf.wait, LeafWait::Crowd { .. });
            is_crowd && !self.hot.leaves().any(|still| still.id == leaf.id)
        });
        self.posts
            .extend(gone.map(|leaf| Post::Dismiss { leaf: leaf.id }));
    }

    /// The actions whose outcome nobody waits for any more.
    fn stops(&self) -> Vec<LeafId> {
        let before = self.before.iter().flat_map(|before| before.leaves());
        let stopped = before.filter(|leaf| {
            let is_action = matches!(leaf.wait, LeafWait::Action(_));
            is_action && !self.hot.leaves().any(|still| still.id == leaf.id)
        });
        stopped.map(|leaf| leaf.id).collect()
    }
}
