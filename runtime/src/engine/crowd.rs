//! Many children that one leaf waits for: started, so many at once, and gathered.

use super::core::Core;
use super::create::Child;
use super::family::joined;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::{Ends, Member};
use crate::record::{InCrowd, Phase};
use crate::store::StoreError;
use crate::turn::{Event, State};

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
        if !self.family.held.contains_key(&place) {
            let held = self.members(of, leaf);
            let held = held
                .into_iter()
                .filter(|state| state.hot.phase == Phase::Held);
            let held = held.map(|state| state.key).collect();
            self.family.held.insert(place, held);
        }
        let held = self.family.held.get_mut(&place);
        if let Some(next) = held.and_then(std::collections::VecDeque::pop_front) {
            self.apply(next, Event::Begin);
        }
    }

    /// Tells an instance what the children of a leaf came to.
    pub(super) fn gather(&mut self, of: InstanceKey, leaf: LeafId) {
        let members = self.members(of, leaf);
        if !self.is_storing() {
            return;
        }
        let ends: Ends = members
            .iter()
            .map(|state| (state.instance.id.clone(), joined(state)))
            .collect();
        self.apply(of, Event::Gathered { leaf, ends });
    }

    /// Nobody waits for the children of a leaf any more.
    pub(super) fn dismiss(&mut self, of: InstanceKey, leaf: LeafId) {
        self.family.held.remove(&(of, leaf));
        for member in self.members(of, leaf) {
            self.let_go_of(&member, "nobody waits for it any more");
        }
    }

    /// The children of a leaf, in the order in which they were started.
    fn members(&mut self, of: InstanceKey, leaf: LeafId) -> Vec<State> {
        let children = match self.children(of) {
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
                members.push(state);
            }
        }
        members
    }

    /// A state that is only looked at; none if it cannot be read.
    fn look(&mut self, key: InstanceKey) -> Option<State> {
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
