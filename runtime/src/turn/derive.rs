//! What follows from the difference of two states: rows, wake-ups, posts.

use super::draft::Draft;
use super::wakes::wakes;
use super::{Journal, Logged, Post, Wake, Write, held};
use crate::ids::LeafId;
use crate::record::{Due, Entry, Hot, JournalSeq, JournalTail, Leaf, LeafWait, Phase};

impl Draft<'_> {
    pub(super) fn write_journal(&mut self, mut next_seq: JournalSeq) -> JournalSeq {
        let journal = std::mem::take(&mut self.journal);
        if self.rules.journal == Journal::Off {
            return next_seq;
        }
        for what in journal {
            let entry = Box::new(Entry {
                key: self.key,
                previous: self.hot.journal.last,
                at: self.now,
                what,
            });
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

    pub(super) fn write_chunks(&mut self) {
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

    pub(super) fn write_wakers(&mut self) {
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
    pub(super) fn new_wakes(&self) -> Vec<Wake> {
        let before = self.before.as_deref().map(wakes).unwrap_or_default();
        let mut new = wakes(&self.hot);
        new.retain(|wake| !before.iter().any(|before| before.is_same(wake)));
        new
    }

    /// A child for which it waits now may have ended before, or while it was parked or its
    /// children were being started.
    pub(super) fn ask_for_ends(&mut self) {
        if self.hot.is_bearing() {
            return;
        }
        let before = self.before.as_deref().filter(|before| !before.is_bearing());
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
    pub(super) fn dismiss(&mut self) {
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

    /// Rows of calls that have all begun, or never will.
    pub(super) fn drop_held(&mut self) {
        let key = self.key;
        for was in self.before.iter().flat_map(|before| before.leaves()) {
            let is = self.hot.leaves().find(|leaf| leaf.id == was.id);
            let gone = is.map_or(0, Leaf::held_rows)..was.held_rows();
            if gone.is_empty() {
                continue;
            }
            let rows = held::drop_rows(key, held::channel(was.id), gone);
            self.writes.extend(rows);
        }
        // A cancel may end in the same turn what has just begun to wait.
        let hot = &self.hot;
        self.writes.retain(|write| match write {
            Write::Message { channel, .. } => {
                held::leaf(channel).is_none_or(|held| hot.leaves().any(|leaf| leaf.id == held))
            }
            _ => true,
        });
    }

    /// What its flow logged, and where it stood before.
    pub(super) fn logged(&mut self) -> Option<Logged> {
        let lines = std::mem::take(&mut self.lines);
        if lines.is_empty() {
            return None;
        }
        let mut before = self.before.iter().flat_map(|before| before.leaves());
        let from = before.find(|leaf| Some(leaf.id) == self.from);
        let state = from.map(|leaf| leaf.label.clone());
        Some(Logged { lines, state })
    }

    /// Whether it was not parked before, and is now.
    pub(super) fn parks(&self) -> bool {
        let before = self.before.as_deref().map(|before| &before.phase);
        match (before, &self.hot.phase) {
            (Some(Phase::Parked(before)), Phase::Parked(now)) => before.at != now.at,
            (_, now) => matches!(now, Phase::Parked(_)),
        }
    }

    /// The actions whose outcome nobody waits for any more.
    pub(super) fn stops(&self) -> Vec<LeafId> {
        let before = self.before.iter().flat_map(|before| before.leaves());
        let stopped = before.filter(|leaf| {
            let is_action = matches!(leaf.wait, LeafWait::Action(_));
            is_action && !self.hot.leaves().any(|still| still.id == leaf.id)
        });
        stopped.map(|leaf| leaf.id).collect()
    }
}
