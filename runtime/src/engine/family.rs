//! Seeing to what a turn of one instance means for others, in the same batch and so
//! in the same transaction.

use std::collections::VecDeque;
use std::sync::Arc;

use super::core::Core;
use crate::flow::Spawn;
use crate::ids::{InstanceId, InstanceKey};
use crate::machine::{FlowDef, JoinError};
use crate::payload::{Fields, Payload};
use crate::record::{Ending, Instance, Parent};
use crate::store::StoreError;
use crate::turn::{self, Event, NewInstance, Post, State, Write};

/// So many children are read at once.
const PAGE: usize = 1024;

/// What has been posted and not seen to, and children that the store may not have yet.
#[derive(Default)]
pub(super) struct Family {
    posts: VecDeque<(InstanceKey, Post)>,
    /// Whether posts are being seen to: what comes of that waits its turn.
    delivering: bool,
    /// Batch, parent and child.
    born: VecDeque<(u64, InstanceKey, InstanceKey)>,
}

impl Family {
    /// Batches up to `committed` are durable.
    pub(super) fn settle(&mut self, committed: u64) {
        while self
            .born
            .pop_front_if(|(batch, ..)| *batch <= committed)
            .is_some()
        {}
    }
}

impl Core {
    /// Creates an instance and takes its first turn.
    pub(super) fn create(
        &mut self,
        id: InstanceId,
        flow: &FlowDef,
        arguments: Fields,
        parent: Option<Parent>,
    ) {
        let rules = Arc::clone(&self.rules);
        let now = self.clock.now();
        let key = self.next_key;
        self.next_key = InstanceKey(key.0 + 1);
        if let Some(parent) = &parent {
            self.family
                .born
                .push_back((self.pending.no, parent.key, key));
        }
        let instance = Instance {
            id,
            flow: flow.name.into(),
            version: flow.shape.version,
            arguments,
            created_at: now,
            seed: self.seeds.seed(key, now),
            parent,
            end: None,
        };
        let new = NewInstance { key, instance };
        let turned = turn::start(new, flow, &rules, now, self.next_seq);
        self.accept(turned);
    }

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
    }

    fn deliver_one(&mut self, from: InstanceKey, post: Post) {
        match post {
            Post::Spawn(spawn) => self.spawn(from, spawn),
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
            Post::Ended => self.part(from),
        }
    }

    /// Starts a child, unless its id is taken: its parent finds that out when it awaits it.
    fn spawn(&mut self, from: InstanceKey, spawn: Spawn) {
        let found = self.slots.find(&*self.store, &spawn.id);
        match found {
            Ok(None) => {}
            Ok(Some(_)) => return,
            Err(error) => return self.store_failed(error),
        }
        let Some(parent) = self.state(from) else {
            return;
        };
        let Some(flow) = self.rules.registry.flow_of(spawn.machine).copied() else {
            // The turn looked; a registry does not change.
            return;
        };
        let root = match &parent.instance.parent {
            Some(own) => own.root.clone(),
            None => parent.instance.id.clone(),
        };
        let parent = Parent {
            key: from,
            id: parent.instance.id.clone(),
            root,
            detached: false,
        };
        self.create(spawn.id, &flow, spawn.arguments, Some(parent));
    }

    /// The child of that id, or why there is none; `None` when the store failed.
    fn child(&mut self, of: InstanceKey, id: &InstanceId) -> Option<Result<State, JoinError>> {
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
    fn expire(&mut self, state: &State) {
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
            if let Some(end) = joined(child) {
                let child = child.instance.id.clone();
                self.apply(parent.key, Event::ChildEnded { child, end });
            }
        } else if !parent.detached {
            self.expire(child);
        }
    }

    /// Cancels the attached children that live; the results of the others are not needed.
    pub(super) fn let_go_of_children(&mut self, key: InstanceKey, reason: &str) {
        let children = match self.children(key) {
            Ok(children) => children,
            Err(error) => return self.store_failed(error),
        };
        for child in children {
            let Some(state) = self.state(child) else {
                continue;
            };
            if state.instance.attached_to().is_none() {
                continue;
            }
            if state.hot.is_finished() {
                self.expire(&state);
            } else {
                let reason = reason.to_owned();
                self.apply(child, Event::Cancel { reason });
            }
        }
    }

    fn children(&self, of: InstanceKey) -> Result<Vec<InstanceKey>, StoreError> {
        let view = self.store.view()?;
        let mut children = Vec::new();
        loop {
            let page = view.children(of, children.last().copied(), PAGE)?;
            if page.is_empty() {
                break;
            }
            children.extend(page);
        }
        let stored = children.last().copied();
        let born = self.family.born.iter();
        let born = born.filter(|(_, parent, child)| *parent == of && stored < Some(*child));
        children.extend(born.map(|(_, _, child)| *child));
        Ok(children)
    }

    /// An instance is removed: its parent is told, its children are cancelled.
    pub(super) fn leave_family(&mut self, state: &State) {
        let id = &state.instance.id;
        if let Some(parent) = &state.instance.parent {
            let event = Event::ChildEnded {
                child: id.clone(),
                end: Err(JoinError::Gone { id: id.clone() }),
            };
            self.apply(parent.key, event);
        }
        if state.hot.children > 0 {
            let reason = format!("its parent `{id}` was deleted");
            self.let_go_of_children(state.key, &reason);
        }
    }
}

/// What a parent gets of a child that has ended.
fn joined(child: &State) -> Option<Result<Payload, JoinError>> {
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
