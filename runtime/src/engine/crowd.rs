//! Many children that one leaf waits for: started, so many at once, and gathered.

use std::any::TypeId;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::core::Core;
use super::create::Child;
use super::family::joined;
use crate::action::Spawned;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::{Ends, Member};
use crate::payload::Payload;
use crate::record::{Damaged, InCrowd};
use crate::store::StoreError;
use crate::turn::{self, Event, State};

/// So many first children are known at most.
const MAX_FIRSTS: usize = 4096;

/// What is known of the children for which leaves wait.
#[derive(Default)]
pub(super) struct Crowds {
    /// The row of which a call of the leaf began last, and its number.
    held: FxHashMap<(InstanceKey, LeafId), (u64, Payload)>,
    /// The first children of leaves that wait for many, as far as they are known: a short
    /// cut, so that those before them need not be looked at.
    firsts: FxHashMap<(InstanceKey, LeafId), InstanceKey>,
}

impl Crowds {
    /// The leaf begins to wait for children, which are told next.
    pub(super) fn begin(&mut self, of: (InstanceKey, LeafId)) {
        if self.firsts.len() >= MAX_FIRSTS {
            self.firsts.clear();
        }
        self.firsts.insert(of, InstanceKey(u64::MAX));
    }

    /// The leaf waits for this child, too.
    fn waits_for(&mut self, of: (InstanceKey, LeafId), child: InstanceKey) {
        if let Some(first) = self.firsts.get_mut(&of) {
            *first = child.min(*first);
        }
    }

    fn first(&self, of: (InstanceKey, LeafId)) -> Option<InstanceKey> {
        self.firsts.get(&of).copied()
    }

    /// Nobody waits for the children of the leaf any more.
    fn forget(&mut self, of: (InstanceKey, LeafId)) {
        self.held.remove(&of);
        self.firsts.remove(&of);
    }

    /// The instance has ended.
    pub(super) fn part(&mut self, key: InstanceKey) {
        self.held.retain(|(of, _), _| *of != key);
        self.firsts.retain(|(of, _), _| *of != key);
    }
}

impl Core {
    /// Starts a child that is one of many, or has one that was spawned before count itself.
    pub(super) fn enlist(
        &mut self,
        from: InstanceKey,
        leaf: LeafId,
        id: InstanceId,
        member: Member,
    ) {
        match member {
            Member::Child(_) => self.enlist_child(from, leaf, &id),
            Member::Call(arguments) => {
                let called = true;
                let crowd = Some(InCrowd { leaf, called });
                let machine = TypeId::of::<Spawned>();
                let child = Child {
                    id,
                    machine,
                    arguments,
                    crowd,
                };
                if !self.start_member(from, leaf, child) && self.is_storing() {
                    // Its id is another's: whoever gathers finds nothing of it.
                    let failed = true;
                    self.apply(from, Event::MemberEnded { leaf, failed });
                }
            }
        }
    }

    /// Starts a child for which a leaf waits and for others, unless its id is taken.
    pub(super) fn start_member(&mut self, from: InstanceKey, leaf: LeafId, child: Child) -> bool {
        self.family.crowds.waits_for((from, leaf), self.next_key);
        self.start_child(from, child)
    }

    pub(super) fn enlist_child(&mut self, from: InstanceKey, leaf: LeafId, id: &InstanceId) {
        let Some(found) = self.child(from, id) else {
            return;
        };
        let ended = match found {
            Err(_) => Some(true),
            // Of two handles of one child one counts it: the other finds nothing of it.
            Ok(child) if self.counts_elsewhere(&child, leaf) => Some(true),
            Ok(child) => {
                self.family.crowds.waits_for((from, leaf), child.key);
                self.apply(child.key, Event::Enlisted { leaf });
                let ended = joined(&child);
                if ended.is_some() {
                    self.family.counted.insert(child.key);
                }
                ended.map(|end| end.is_err())
            }
        };
        if let Some(failed) = ended {
            self.apply(from, Event::MemberEnded { leaf, failed });
        }
    }

    /// Whether another leaf of its parent waits for the child and for others.
    fn counts_elsewhere(&mut self, child: &State, leaf: LeafId) -> bool {
        let Some(parent) = child.instance.parent.as_ref() else {
            return false;
        };
        let other = parent.crowd.filter(|crowd| crowd.leaf != leaf);
        other.is_some_and(|other| {
            let parent = self.state(parent.key);
            parent.is_some_and(|parent| parent.hot.leaves().any(|waits| waits.id == other.leaf))
        })
    }

    /// One of the calls that were held begins.
    pub(super) fn begin_held(
        &mut self,
        of: InstanceKey,
        leaf: LeafId,
        id: InstanceId,
        (channel, seq): (Arc<str>, u64),
        place: u64,
    ) {
        let known = self.family.crowds.held.remove(&(of, leaf));
        let row = match known.filter(|(known, _)| *known == seq) {
            Some((_, row)) => Ok(Some(row)),
            None => self.slots.message(&*self.store, of, &channel, seq),
        };
        let row = match row {
            Ok(row) => row,
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return self.store_failed(error),
        };
        let call = row.as_ref().and_then(|row| turn::held_call(row, place));
        match (row, call) {
            (Some(row), Some(call)) => {
                self.family.crowds.held.insert((of, leaf), (seq, row));
                self.enlist(of, leaf, id, Member::Call(call));
            }
            _ => self.set_aside(of, &Damaged { row: "held call" }),
        }
    }

    /// Tells an instance what the children of a leaf came to.
    pub(super) fn gather(&mut self, of: InstanceKey, leaf: LeafId) {
        let end = |state: State| Some((state.instance.id.clone(), joined(&state)));
        let ends: Ends = self.members(of, leaf, end);
        if self.is_storing() {
            self.apply(of, Event::Gathered { leaf, ends });
        }
    }

    /// Nobody waits for the children of a leaf any more.
    pub(super) fn dismiss(&mut self, of: InstanceKey, leaf: LeafId) {
        for member in self.members(of, leaf, |state| Some(state.key)) {
            if let Some(member) = self.look(member) {
                self.let_go_of(&member, "nobody waits for it any more");
            }
        }
        self.family.crowds.forget((of, leaf));
    }

    /// Something of each child of a leaf, in the order in which they were started. One at a
    /// time is in memory: there may be many.
    fn members<T>(
        &mut self,
        of: InstanceKey,
        leaf: LeafId,
        take: impl Fn(State) -> Option<T>,
    ) -> Vec<T> {
        let first = self.family.crowds.first((of, leaf));
        let children = match self.children(of, first) {
            Ok(children) => children,
            Err(error) => {
                self.store_failed(error);
                return Vec::new();
            }
        };
        let mut members = Vec::new();
        for key in children {
            let Some(state) = self.look(key) else {
                continue;
            };
            let parent = state.instance.parent.as_ref();
            let crowd = parent.and_then(|parent| parent.crowd);
            if crowd.is_some_and(|crowd| crowd.leaf == leaf) {
                members.extend(take(state));
            }
        }
        members
    }

    /// A state that is only looked at; none if it cannot be read.
    pub(super) fn look(&mut self, key: InstanceKey) -> Option<State> {
        match self.slots.look(&*self.store, key) {
            Ok(state) => state,
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => {
                self.store_failed(error);
                None
            }
        }
    }

    /// A parent that waits for many is told that one of them has ended.
    pub(super) fn count_end(&mut self, child: &State, parent: InstanceKey, crowd: InCrowd) {
        let failed = match joined(child) {
            None => return,
            Some(Err(_)) => true,
            Some(Ok(payload)) => crowd.called && payload.looks_like_err(),
        };
        let leaf = crowd.leaf;
        self.apply(parent, Event::MemberEnded { leaf, failed });
    }
}
