//! Many children that one leaf waits for: started, so many at once, and gathered.

use std::collections::{HashMap, VecDeque};

use super::core::Core;
use super::create::Child;
use super::family::joined;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::{Ends, Member};
use crate::record::{InCrowd, Phase};
use crate::store::StoreError;
use crate::turn::{Event, State};

/// So many first children are known at most.
const MAX_FIRSTS: usize = 4096;

/// What is known of the children for which leaves wait.
#[derive(Default)]
pub(super) struct Crowds {
    /// Children of a leaf that have not begun, as far as somebody asked for them.
    held: HashMap<(InstanceKey, LeafId), VecDeque<InstanceKey>>,
    /// The first children of leaves that wait for many, as far as they are known: a short
    /// cut, so that those before them need not be looked at.
    firsts: HashMap<(InstanceKey, LeafId), InstanceKey>,
    /// The leaf of which children were told last.
    enlisting: Option<(InstanceKey, LeafId)>,
}

impl Crowds {
    /// The leaf waits for this child, too. Those of one leaf are told one after the other.
    fn waits_for(&mut self, of: (InstanceKey, LeafId), child: InstanceKey) {
        if self.enlisting.replace(of) != Some(of) {
            if self.firsts.len() >= MAX_FIRSTS {
                self.firsts.clear();
            }
            self.firsts.insert(of, child);
        }
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
        held: bool,
    ) {
        match member {
            Member::Child(_) => self.enlist_child(from, leaf, &id),
            Member::Call {
                machine, arguments, ..
            } => {
                self.family.crowds.waits_for((from, leaf), self.next_key);
                let called = true;
                let child = Child {
                    id,
                    machine,
                    arguments,
                    crowd: Some(InCrowd { leaf, called }),
                    held,
                };
                if !self.start_child(from, child) && self.is_storing() {
                    // Its id is another's: whoever gathers finds nothing of it.
                    let failed = true;
                    self.apply(from, Event::MemberEnded { leaf, failed });
                }
            }
        }
    }

    fn enlist_child(&mut self, from: InstanceKey, leaf: LeafId, id: &InstanceId) {
        let Some(found) = self.child(from, id) else {
            return;
        };
        let ended = match found {
            Err(_) => Some(true),
            Ok(child) => {
                self.family.crowds.waits_for((from, leaf), child.key);
                self.apply(child.key, Event::Enlisted { leaf });
                joined(&child).map(|end| end.is_err())
            }
        };
        if let Some(failed) = ended {
            self.apply(from, Event::MemberEnded { leaf, failed });
        }
    }

    /// One that was held begins.
    pub(super) fn begin_next(&mut self, of: InstanceKey, leaf: LeafId) {
        let place = (of, leaf);
        if !self.family.crowds.held.contains_key(&place) {
            let held = |state: State| (state.hot.phase == Phase::Held).then_some(state.key);
            let held = self.members(of, leaf, held);
            self.family.crowds.held.insert(place, held.into());
        }
        let held = self.family.crowds.held.get_mut(&place);
        if let Some(next) = held.and_then(VecDeque::pop_front) {
            self.apply(next, Event::Begin);
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
