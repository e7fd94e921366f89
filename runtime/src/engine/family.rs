//! Seeing to what a turn of one instance means for others, in the same batch and so
//! in the same transaction.

use std::collections::{HashSet, VecDeque};

use super::core::Core;
use super::create::Child;
use super::crowd::Crowds;
use crate::flow::Spawn;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::JoinError;
use crate::payload::Payload;
use crate::record::{Ending, InCrowd};
use crate::store::StoreError;
use crate::turn::{Event, Post, State, Write};

/// So many children are read at once.
const PAGE: usize = 1024;

/// Room for so many is kept for the next ones.
const SPARE: usize = 256;

/// What has been posted and not seen to, and children that the store may not have yet.
#[derive(Default)]
pub(super) struct Family {
    posts: VecDeque<(InstanceKey, Post)>,
    /// Whether posts are being seen to: what comes of that waits its turn.
    pub(super) delivering: bool,
    /// Batch, parent and child.
    pub(super) born: VecDeque<(u64, InstanceKey, InstanceKey)>,
    pub(super) crowds: Crowds,
    /// Children that had ended when they were counted: their own end may be about to be
    /// posted, and is not counted again.
    pub(super) counted: HashSet<InstanceKey>,
}

impl Family {
    /// Batches up to `committed` are durable.
    pub(super) fn settle(&mut self, committed: u64) {
        while self
            .born
            .pop_front_if(|(batch, ..)| *batch <= committed)
            .is_some()
        {}
        self.born.shrink_to(SPARE);
    }
}

impl Core {
    /// Sees to what an instance posted, and to all that comes of it.
    pub(super) fn deliver(&mut self, from: InstanceKey, posts: Vec<Post>) {
        let posts = posts.into_iter().map(|post| (from, post));
        self.family.posts.extend(posts);
        if std::mem::replace(&mut self.family.delivering, true) {
            return;
        }
        while let Some((from, post)) = self.family.posts.pop_front() {
            self.deliver_one(from, post);
        }
        self.family.delivering = false;
        self.family.counted.clear();
        // Ten thousand children are not started every day.
        self.family.posts.shrink_to(SPARE);
    }

    fn deliver_one(&mut self, from: InstanceKey, post: Post) {
        match post {
            Post::Spawn { spawn, enlisted } => self.spawn(from, spawn, enlisted),
            Post::Crowd { leaf } => self.family.crowds.begin((from, leaf)),
            Post::Enlist { leaf, id, member } => self.enlist(from, leaf, id, member),
            Post::Begin {
                leaf,
                id,
                row,
                place,
            } => self.begin_held(from, leaf, id, row, place),
            Post::Dismiss { leaf } => self.dismiss(from, leaf),
            Post::Detach { child } => {
                if let Some(Ok(child)) = self.child(from, &child) {
                    self.apply(child.key, Event::Detached);
                }
            }
            Post::Cancel { child, reason } => {
                if let Some(Ok(child)) = self.child(from, &child) {
                    self.apply(child.key, Event::Cancel { reason });
                }
            }
            Post::Await { child } => {
                let Some(found) = self.child(from, &child) else {
                    return;
                };
                let end = match found {
                    Err(error) => Some(Err(error)),
                    Ok(state) => joined(&state),
                };
                if let Some(end) = end {
                    self.apply(from, Event::ChildEnded { child, end });
                }
            }
            Post::Taken { child } => {
                if let Some(Ok(child)) = self.child(from, &child) {
                    self.expire(&child);
                }
            }
            Post::Ask { leaf, ask } => self.see_to(from, leaf, ask),
            Post::Answer { asker, answer } => self.answer_asker(from, asker, answer),
            Post::Ended => self.part(from),
        }
    }

    fn spawn(&mut self, from: InstanceKey, spawn: Spawn, enlisted: Option<LeafId>) {
        let called = false;
        let child = Child {
            id: spawn.id,
            machine: spawn.machine,
            arguments: spawn.arguments,
            crowd: enlisted.map(|leaf| InCrowd { leaf, called }),
        };
        let Some(leaf) = enlisted else {
            self.start_child(from, child);
            return;
        };
        let id = child.id.clone();
        if !self.start_member(from, leaf, child) {
            self.enlist_child(from, leaf, &id);
        }
    }

    /// The child of that id, or why there is none; `None` when the store failed.
    pub(super) fn child(
        &mut self,
        of: InstanceKey,
        id: &InstanceId,
    ) -> Option<Result<State, JoinError>> {
        let key = match self.slots.find(&*self.store, id) {
            Ok(Some(key)) => key,
            Ok(None) => return Some(Err(JoinError::Gone { id: id.clone() })),
            Err(error) => {
                self.store_failed(error);
                return None;
            }
        };
        let state = self.state(key)?;
        let parent = state.instance.parent.as_ref();
        if parent.is_none_or(|parent| parent.key != of) {
            return Some(Err(JoinError::IdTaken { id: id.clone() }));
        }
        Some(Ok(state))
    }

    /// Its parent has what it came to, or never will want it.
    pub(super) fn expire(&mut self, state: &State) {
        let key = state.key;
        if let Some(end) = &state.instance.end
            && self.is_storing()
        {
            let at = end.at;
            self.pending.writes.push(Write::Expires { key, at });
        }
    }

    /// An instance has ended: its parent is told, its children are let go of.
    fn part(&mut self, key: InstanceKey) {
        let Some(state) = self.state(key) else { return };
        self.family.crowds.part(key);
        self.tell_parent(&state);
        if state.hot.children > 0 {
            let reason = format!("its parent `{}` has ended", state.instance.id);
            self.let_go_of_children(key, &reason);
        }
    }

    fn tell_parent(&mut self, child: &State) {
        let Some(parent) = child.instance.parent.clone() else {
            return;
        };
        let waits = self
            .state(parent.key)
            .filter(|state| !state.hot.is_finished());
        if waits.is_some() {
            if let Some(crowd) = parent.crowd {
                if !self.family.counted.contains(&child.key) {
                    self.count_end(child, parent.key, crowd);
                }
                return;
            }
            if let Some(end) = joined(child) {
                let child = child.instance.id.clone();
                self.apply(parent.key, Event::ChildEnded { child, end });
            }
        } else if !parent.detached {
            self.expire(child);
        }
    }

    /// Cancels the attached children that live; the results of the others are not
    /// needed. Gives them all.
    fn let_go_of_children(&mut self, key: InstanceKey, reason: &str) -> Vec<InstanceKey> {
        let mut children = match self.children(key, None) {
            Ok(children) => children,
            Err(error) => {
                self.store_failed(error);
                return Vec::new();
            }
        };
        children.retain(|child| {
            // Most have ended: these need not stay in memory.
            let state = self.look(*child);
            let attached = state.filter(|state| state.instance.attached_to().is_some());
            attached.is_some_and(|state| {
                self.let_go_of(&state, reason);
                true
            })
        });
        children
    }

    /// Cancels a child, or has it kept no longer than others if it has ended.
    pub(super) fn let_go_of(&mut self, child: &State, reason: &str) {
        if child.hot.is_finished() {
            self.expire(child);
        } else {
            let reason = reason.to_owned();
            self.apply(child.key, Event::Cancel { reason });
        }
    }

    /// The children of an instance, in the order in which they were started, from `first` on
    /// if it is given.
    pub(super) fn children(
        &self,
        of: InstanceKey,
        first: Option<InstanceKey>,
    ) -> Result<Vec<InstanceKey>, StoreError> {
        let view = self.store.view()?;
        let before = first.and_then(|first| first.0.checked_sub(1).map(InstanceKey));
        let mut children = Vec::new();
        loop {
            let page = view.children(of, children.last().copied().or(before), PAGE)?;
            if page.is_empty() {
                break;
            }
            children.extend(page);
        }
        let stored = children.last().copied().or(before);
        let born = self.family.born.iter();
        let born = born.filter(|(_, parent, child)| *parent == of && stored < Some(*child));
        children.extend(born.map(|(_, _, child)| *child));
        Ok(children)
    }

    /// An instance is removed: its parent is told, its children are cancelled.
    pub(super) fn leave_family(&mut self, state: &State) {
        let id = &state.instance.id;
        if let Some(parent) = &state.instance.parent
            && !state.hot.is_finished()
        {
            if let Some(crowd) = parent.crowd {
                let (leaf, failed) = (crowd.leaf, true);
                self.apply(parent.key, Event::MemberEnded { leaf, failed });
            }
            let event = Event::ChildEnded {
                child: id.clone(),
                end: Err(JoinError::Gone { id: id.clone() }),
            };
            self.apply(parent.key, event);
        }
        if state.hot.children > 0 {
            self.remove_children(state.key, &format!("its parent `{id}` was deleted"));
        }
    }

    /// Removes the attached children of an instance that is gone, so that their ids are
    /// free; those that live are cancelled first, and stay as long as that takes.
    fn remove_children(&mut self, key: InstanceKey, reason: &str) {
        for child in self.let_go_of_children(key, reason) {
            if let Some(state) = self.state(child)
                && state.hot.is_finished()
            {
                self.remove(&state);
            }
        }
    }
}

/// What a parent gets of a child that has ended.
pub(super) fn joined(child: &State) -> Option<Result<Payload, JoinError>> {
    let end = child.instance.end.as_ref()?;
    Some(match &end.how {
        Ending::Returned(result) => Ok(result.clone()),
        Ending::Cancelled { reason } => Err(JoinError::Cancelled {
            reason: reason.clone(),
        }),
        Ending::Terminated { reason } => Err(JoinError::Terminated {
            reason: reason.clone(),
        }),
    })
}
